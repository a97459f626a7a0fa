package dev.evenkeel.ceiling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Arrays;

/// A response built once and sent for every request: status 200, headers, body.
final class FixedAnswer {
  private final HttpHeaders headers;
  private final ByteBuf body;

  private FixedAnswer(HttpHeaders headers, ByteBuf body) {
    this.headers = headers;
    this.body = body;
  }

  /// Takes apart a whole HTTP response as it was on the wire.
  static FixedAnswer parse(byte[] response) {
    String text = new String(response, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 200") || end < 0) {
      throw new IllegalArgumentException("not a whole, successful HTTP response");
    }
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    String[] lines = text.substring(0, end).split("\r\n", -1);
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    byte[] body = Arrays.copyOfRange(response, end + 4, response.length);
    ByteBuf direct = Unpooled.directBuffer(body.length).writeBytes(body);
    return new FixedAnswer(headers, Unpooled.unreleasableBuffer(direct));
  }

  /// The response, to be sent once.
  FullHttpResponse response() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.OK,
        body.duplicate(),
        headers,
        new DefaultHttpHeaders());
  }
}
