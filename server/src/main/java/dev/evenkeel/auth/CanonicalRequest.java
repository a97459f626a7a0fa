package dev.evenkeel.auth;

import java.util.List;

/// The text over which the signature of a request is computed.
///
/// Source: [Create a canonical
/// request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request)
final class CanonicalRequest {
  private static final int TEXT_CHARS = 1024;

  private CanonicalRequest() {}

  /// Every character of the result stands for one byte.
  ///
  /// @param bodyHash lower-case hexadecimal SHA-256 of the body
  static String of(RequestHead head, List<String> signedHeaders, String bodyHash) {
    StringBuilder text = new StringBuilder(TEXT_CHARS);
    text.append(head.method()).append('\n');
    text.append(QueryParameters.encodePath(head.path())).append('\n');
    if (!head.query().isEmpty()) {
      text.append(QueryParameters.parse(head.query()).canonical());
    }
    text.append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':');
      values(text, head.headers(name));
      text.append('\n');
    }
    text.append('\n');
    for (int header = 0; header < signedHeaders.size(); header++) {
      text.append(header == 0 ? "" : ";").append(signedHeaders.get(header));
    }
    return text.append('\n').append(bodyHash).toString();
  }

  private static void values(StringBuilder text, List<String> values) {
    for (int at = 0; at < values.size(); at++) {
      if (at > 0) {
        text.append(',');
      }
      collapse(text, values.get(at));
    }
  }

  /// Without spaces at either end, and with one space for each run of them.
  private static void collapse(StringBuilder text, String value) {
    if (value.indexOf("  ") < 0) {
      text.append(value.strip());
      return;
    }
    boolean space = false;
    String stripped = value.strip();
    for (int at = 0; at < stripped.length(); at++) {
      char character = stripped.charAt(at);
      if (character != ' ' || !space) {
        text.append(character);
      }
      space = character == ' ';
    }
  }
}
