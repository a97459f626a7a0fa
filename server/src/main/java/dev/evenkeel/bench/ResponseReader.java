package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.net.ProtocolException;
import java.util.Arrays;

/// Reads HTTP/1.1 replies from a stream of buffers, however they are cut: status and length always,
/// the body only where it is wanted or the status is an error. One per connection.
final class ResponseReader {
  private static final int HEAD_BYTES_MAX = 8 * 1024;
  private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(ISO_8859_1);
  private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(ISO_8859_1);

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILER
  }

  private final byte[] head = new byte[HEAD_BYTES_MAX];
  private State state = State.HEAD;
  private int headLength;
  private long left;
  private boolean keep;

  private int status;
  private long bodyLength;
  private byte[] body = new byte[256];
  private int kept;

  /// Takes from `in` up to the end of one reply.
  ///
  /// @param wantBody whether a successful reply's body is to be kept
  /// @return whether the reply is complete; else more input is needed
  boolean read(ByteBuf in, boolean wantBody) throws ProtocolException {
    if (state == State.HEAD) {
      if (!readHead(in)) {
        return false;
      }
      keep = wantBody || status != 200;
    }
    if (state == State.BODY) {
      take(in);
      return left == 0 && complete();
    }
    return readChunks(in);
  }

  /// The status of the newest complete reply.
  int status() {
    return status;
  }

  /// Its body's length.
  long bodyLength() {
    return bodyLength;
  }

  /// Its body where it was kept, else empty.
  String body() {
    return new String(body, 0, kept, UTF_8);
  }

  private boolean complete() {
    state = State.HEAD;
    headLength = 0;
    return true;
  }

  private boolean readHead(ByteBuf in) throws ProtocolException {
    if (!readUntil(in, true)) {
      return false;
    }
    if (headLength < 12 || head[0] != 'H' || head[8] != ' ') {
      throw new ProtocolException("not an HTTP reply");
    }
    status = (head[9] - '0') * 100 + (head[10] - '0') * 10 + (head[11] - '0');
    left = 0;
    bodyLength = 0;
    kept = 0;
    state = State.BODY;
    int line = 0;
    for (int i = 0; i < headLength; i++) {
      if (head[i] == '\n') {
        header(line, i);
        line = i + 1;
      }
    }
    return true;
  }

  private void header(int from, int to) throws ProtocolException {
    int initial = head[from] | 0x20;
    if (initial == 'c' && startsWith(from, to, CONTENT_LENGTH)) {
      left = number(from + CONTENT_LENGTH.length, to, 10);
    } else if (initial == 't' && startsWith(from, to, TRANSFER_ENCODING)) {
      startChunks();
    }
  }

  private boolean startsWith(int from, int to, byte[] name) {
    if (to - from < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      int c = head[from + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private void startChunks() {
    state = State.CHUNK_SIZE;
  }

  private boolean readChunks(ByteBuf in) throws ProtocolException {
    while (true) {
      switch (state) {
        case CHUNK -> {
          take(in);
          if (left > 0) {
            return false;
          }
          headLength = 0;
          state = State.CHUNK_SIZE;
        }
        case TRAILER -> {
          if (!readUntil(in, false)) {
            return false;
          }
          if (headLength <= 2) {
            return complete();
          }
          headLength = 0;
        }
        default -> {
          headLength = headEnded() ? 0 : headLength;
          if (!readUntil(in, false)) {
            return false;
          }
          chunkSize();
        }
      }
    }
  }

  /// Whether what lies in `head` is a finished line or head, not the start of the next one.
  private boolean headEnded() {
    return headLength > 0 && head[headLength - 1] == '\n';
  }

  private void chunkSize() throws ProtocolException {
    if (headLength > 2) {
      left = number(0, headLength, 16);
      state = left == 0 ? State.TRAILER : State.CHUNK;
    }
    headLength = 0;
  }

  /// Gathers in `head` up to an empty line (`whole`) or to the end of one line.
  private boolean readUntil(ByteBuf in, boolean whole) throws ProtocolException {
    int count = Math.min(in.readableBytes(), head.length - headLength);
    in.getBytes(in.readerIndex(), head, headLength, count);
    for (int i = headLength; i < headLength + count; i++) {
      if (head[i] == '\n' && (!whole || (i >= 3 && head[i - 2] == '\n'))) {
        in.skipBytes(i + 1 - headLength);
        headLength = i + 1;
        return true;
      }
    }
    in.skipBytes(count);
    headLength += count;
    if (headLength == head.length) {
      throw new ProtocolException("head of a reply longer than " + head.length + " bytes");
    }
    return false;
  }

  private void take(ByteBuf in) {
    int count = (int) Math.min(left, in.readableBytes());
    if (keep) {
      if (kept + count > body.length) {
        body = Arrays.copyOf(body, Math.max(body.length * 2, kept + count));
      }
      in.readBytes(body, kept, count);
      kept += count;
    } else {
      in.skipBytes(count);
    }
    bodyLength += count;
    left -= count;
  }

  private long number(int from, int to, int radix) throws ProtocolException {
    long number = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(head[i], radix);
      if (digit >= 0) {
        number = number * radix + digit;
        digits++;
      } else if (digits > 0) {
        break;
      }
    }
    if (digits == 0 || digits > 12) {
      throw new ProtocolException("a reply without a valid length");
    }
    return number;
  }
}
