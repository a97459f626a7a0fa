package dev.evenkeel.http;

import dev.evenkeel.api.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Writes answers: head and body into one buffer. Belongs to one loop and reuses its scratch space.
final class AnswerWriter {
  private static final int HEAD_BYTES = 512;
  private static final int DIGITS_MAX = 20;
  private static final int OK = 200;
  private static final byte[] STATUS_OK = ascii("HTTP/1.1 200 OK\r\nServer: Server\r\nDate: ");
  private static final byte[] AFTER_STATUS = ascii("\r\nServer: Server\r\nDate: ");
  private static final byte[] CONTENT_TYPE = ascii("\r\nContent-Type: ");
  private static final byte[] CONTENT_LENGTH = ascii("\r\nContent-Length: ");
  private static final byte[] KEEP_ALIVE = ascii("\r\nConnection: keep-alive");
  private static final byte[] CLOSE = ascii("\r\nConnection: close");
  private static final byte[] REQUEST_ID = ascii("\r\nx-amzn-RequestId: ");
  private static final byte[] CRC = ascii("\r\nx-amz-crc32: ");
  private static final byte[] ENCODING = ascii("\r\nContent-Encoding: ");
  private static final byte[] END = ascii("\r\n\r\n");
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] ALLOW_ORIGIN = ascii("\r\nAccess-Control-Allow-Origin: *");
  private static final byte[] EXPOSE =
      ascii(
          "\r\nAccess-Control-Expose-Headers: x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,"
              + "x-amz-crc32,Date");
  private static final byte[] ALLOW_HEADERS = ascii("\r\nAccess-Control-Allow-Headers: ");
  private static final byte[] ALLOW_METHODS = ascii("\r\nAccess-Control-Allow-Methods: ");
  private static final byte[] MAX_AGE = ascii("\r\nAccess-Control-Max-Age: 172800");

  private final RequestIds ids;
  private final CRC32 crc = new CRC32();
  private byte[] date = {};
  private byte[] head = new byte[HEAD_BYTES];
  private int length;

  AnswerWriter(RequestIds ids) {
    this.ids = ids;
  }

  void setDate(String text) {
    date = ascii(text);
  }

  /// The answer of that exchange; `response` is of no use afterwards.
  ByteBuf write(ByteBufAllocator allocator, Exchange exchange, Response response) {
    length = 0;
    status(response.status());
    append(date);
    append(CONTENT_TYPE);
    append(exchange.mediaType());
    append(exchange.isKeepAlive() ? KEEP_ALIVE : CLOSE);
    append(REQUEST_ID);
    reserve(RequestIds.CHARS);
    ids.next(head, length);
    length += RequestIds.CHARS;
    if (exchange.coding() != ContentCoding.IDENTITY) {
      append(ENCODING);
      append(exchange.coding().wireName());
    }
    if (exchange.origin() != null) {
      crossOrigin(exchange.preflight());
    }
    crc.reset();
    crc.update(response.body(), 0, response.length());
    append(CRC);
    append(crc.getValue());
    append(CONTENT_LENGTH);
    append(response.length());
    append(END);
    int bodyBytes = exchange.isBodyless() ? 0 : response.length();
    ByteBuf buffer = allocator.ioBuffer(length + bodyBytes, length + bodyBytes);
    buffer.writeBytes(head, 0, length).writeBytes(response.body(), 0, bodyBytes);
    response.recycle();
    return buffer;
  }

  static ByteBuf writeContinue(ByteBufAllocator allocator) {
    return allocator.ioBuffer(CONTINUE.length).writeBytes(CONTINUE);
  }

  private void status(int status) {
    if (status == OK) {
      append(STATUS_OK);
      return;
    }
    append(ascii("HTTP/1.1 " + status + " " + HttpResponseStatus.valueOf(status).reasonPhrase()));
    append(AFTER_STATUS);
  }

  private void crossOrigin(Exchange.@Nullable Preflight preflight) {
    append(ALLOW_ORIGIN);
    if (preflight == null) {
      append(EXPOSE);
      return;
    }
    if (preflight.headers() != null) {
      append(ALLOW_HEADERS);
      append(preflight.headers().getBytes(StandardCharsets.ISO_8859_1));
    }
    if (preflight.method() != null) {
      append(ALLOW_METHODS);
      append(preflight.method().getBytes(StandardCharsets.ISO_8859_1));
    }
    append(MAX_AGE);
  }

  private void append(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, head, length, bytes.length);
    length += bytes.length;
  }

  /// In decimal; not negative.
  private void append(long number) {
    reserve(DIGITS_MAX);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      head[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void reserve(int bytes) {
    if (length + bytes > head.length) {
      head = Arrays.copyOf(head, Math.max(length + bytes, 2 * head.length));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
