package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String STREAM =
      "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello"
          + "HTTP/1.1 400 Bad Request\r\ncontent-length:3\r\n\r\nbad"
          + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
          + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "4;x=y\r\nwiki\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
          + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  private static final List<String> REPLIES =
      List.of("200 hello", "400 bad", "200 ", "200 wiki0123456789", "200 ");

  @Test
  void readsRepliesHoweverTheyAreCut() throws ProtocolException {
    for (int size = 1; size <= STREAM.length(); size++) {
      assertThat(read(STREAM, size)).as("pieces of %d bytes", size).isEqualTo(REPLIES);
    }
  }

  @Test
  void keepsTheBodyOfASuccessOnlyWhereItIsWanted() throws ProtocolException {
    ResponseReader reader = new ResponseReader();
    String reply = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    assertThat(reader.read(Unpooled.copiedBuffer(reply, UTF_8), false)).isTrue();
    assertThat(reader.body()).isEmpty();
    assertThat(reader.bodyLength()).isEqualTo(5);
  }

  @Test
  void refusesWhatIsNotHttp() {
    ResponseReader reader = new ResponseReader();
    assertThatThrownBy(
            () -> reader.read(Unpooled.copiedBuffer("SSH-2.0-server ready\r\n\r\n", UTF_8), true))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(
            () -> new ResponseReader().read(Unpooled.copiedBuffer("x".repeat(10_000), UTF_8), true))
        .isInstanceOf(ProtocolException.class);
  }

  private static List<String> read(String stream, int size) throws ProtocolException {
    ResponseReader reader = new ResponseReader();
    List<String> replies = new ArrayList<>();
    for (int at = 0; at < stream.length(); at += size) {
      String piece = stream.substring(at, Math.min(at + size, stream.length()));
      var in = Unpooled.copiedBuffer(piece, UTF_8);
      while (in.isReadable()) {
        if (reader.read(in, true)) {
          replies.add(reader.status() + " " + reader.body());
        }
      }
    }
    return replies;
  }
}
