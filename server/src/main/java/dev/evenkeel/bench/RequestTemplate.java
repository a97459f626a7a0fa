package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/// One HTTP request as bytes, of which a few places change from call to call without changing
/// length. Reused for every request of one driver; not safe for concurrent use.
final class RequestTemplate {
  private final Signer signer;
  private final String target;
  private final byte[] bytes;
  private final int bodyAt;
  private final int stampAt;
  private final int dayAt;
  private final int signatureAt;
  private String stamped;

  private RequestTemplate(Signer signer, String target, String head, String body) {
    this.signer = signer;
    this.target = target;
    bytes = (head + body).getBytes(ISO_8859_1);
    bodyAt = head.length();
    stampAt = after(head, "X-Amz-Date: ");
    dayAt = head.indexOf('/', after(head, "Credential=")) + 1;
    signatureAt = after(head, "Signature=");
    stamped = head.substring(stampAt, stampAt + 16);
  }

  /// A call of `operation`, such as `GetItem`, with `body`, all ASCII.
  static RequestTemplate of(Signer signer, String operation, String body) {
    String target = "DynamoDB_20120810." + operation;
    String stamp = signer.stamp();
    String token = signer.sessionToken();
    String head =
        "POST / HTTP/1.1\r\nHost: "
            + signer.host()
            + "\r\nContent-Type: "
            + Signer.CONTENT_TYPE
            + "\r\nX-Amz-Target: "
            + target
            + "\r\nX-Amz-Date: "
            + stamp
            + (token == null ? "" : "\r\nX-Amz-Security-Token: " + token)
            + "\r\nAuthorization: "
            + signer.authorization()
            + "0".repeat(Signer.SIGNATURE_LENGTH)
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return new RequestTemplate(signer, target, head, body);
  }

  /// Where `placeholder` starts, in the whole request; it must be in the body.
  int find(String placeholder) {
    return find(placeholder, bodyAt);
  }

  /// Where it starts at `from` or behind.
  int find(String placeholder, int from) {
    byte[] wanted = placeholder.getBytes(ISO_8859_1);
    for (int at = from; at + wanted.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("no " + placeholder + " in the body of " + target);
  }

  /// Writes `number` right-aligned into `[at, at + width)`, filled up with `fill`.
  void number(int at, int width, long number, char fill) {
    long rest = number;
    for (int i = at + width - 1; i >= at; i--) {
      boolean digit = rest > 0 || i == at + width - 1;
      bytes[i] = (byte) (digit ? '0' + rest % 10 : fill);
      rest /= 10;
    }
  }

  /// Copies `length` bytes of `source` to `at`.
  void copy(int at, byte[] source, int from, int length) {
    System.arraycopy(source, from, bytes, at, length);
  }

  /// The finished request, date and signature in place; the caller must not keep the array.
  byte[] seal() {
    if (signer.signs()) {
      String stamp = signer.stamp();
      if (!stamp.equals(stamped)) {
        stamped = stamp;
        ascii(stampAt, stamp, 16);
        ascii(dayAt, stamp, 8);
      }
      ascii(signatureAt, signer.signature(target, bytes, bodyAt), Signer.SIGNATURE_LENGTH);
    }
    return bytes;
  }

  private void ascii(int at, String text, int length) {
    for (int i = 0; i < length; i++) {
      bytes[at + i] = (byte) text.charAt(i);
    }
  }

  private static int after(String text, String mark) {
    return text.indexOf(mark) + mark.length();
  }
}
