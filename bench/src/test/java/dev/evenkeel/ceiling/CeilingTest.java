package dev.evenkeel.ceiling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import org.junit.jupiter.api.Test;

class CeilingTest {
  private static final String RESPONSE =
      "HTTP/1.1 200 OK\r\nServer: Server\r\nContent-Type: application/x-amz-json-1.0\r\n"
          + "x-amz-crc32: 2745614147\r\ncontent-length: 11\r\n\r\n{\"Item\":{}}";
  private static final String REQUEST = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";

  @Test
  void answersEveryRequestWithTheVeryBytesThatWereRecorded() {
    BareHandler handler = new BareHandler(FixedAnswer.parse(RESPONSE.getBytes(ISO_8859_1)));
    EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(), handler);
    for (int request = 1; request <= 3; request++) {
      channel.writeInbound(Unpooled.copiedBuffer(REQUEST, ISO_8859_1));
      assertThat(sent(channel)).isEqualTo(RESPONSE);
      assertThat(handler.sum()).isEqualTo(request * (long) ('a' + 'b' + 'c'));
    }
  }

  @Test
  void refusesToServeAnError() {
    byte[] error = RESPONSE.replace("200 OK", "400 Bad Request").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> FixedAnswer.parse(error)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String sent(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(ISO_8859_1));
      part.release();
    }
    return text.toString();
  }
}
