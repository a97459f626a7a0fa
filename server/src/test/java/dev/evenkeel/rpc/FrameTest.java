package dev.evenkeel.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.rpc.Frame.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void aFrameHasTheDocumentedForm() {
    assertThat(hex(request())).isEqualTo("01" + "04" + "0000000000000102" + "97fa0c6d" + "0807");
  }

  @Test
  void aHelloHasTheDocumentedForm() {
    MessageOutput out = new MessageOutput();
    new Hello("here", NodeIdentity.of(3, 0x2a), 7, 0x1122334455667788L, 1, 2).encode(out);
    assertThat(HexFormat.of().formatHex(out.toBytes()))
        .isEqualTo(
            "0a0468657265"
                + "112a00000000000300"
                + "1807"
                + "218877665544332211"
                + "2801"
                + "3002");
  }

  @Test
  void aFrameIsReadAsItWasWritten() throws IOException {
    ByteBuffer padded = ByteBuffer.allocate(40).position(11);
    padded.put(request().duplicate());
    Frame frame = Frame.parse(padded.flip().position(11));
    assertThat(frame.kind()).isEqualTo(Kind.REQUEST);
    assertThat(frame.id()).isEqualTo(0x102);
    MessageInput in = new MessageInput(frame.body());
    assertThat(in.next()).isTrue();
    assertThat(in.varint()).isEqualTo(7);
    assertThat(in.next()).isFalse();
  }

  @Test
  void everyChangedBitIsNoticed() {
    ByteBuffer good = request();
    for (int bit = 0; bit < good.remaining() * Byte.SIZE; bit++) {
      ByteBuffer bad = copy(good);
      int at = bit / Byte.SIZE;
      bad.put(at, (byte) (bad.get(at) ^ 1 << bit % Byte.SIZE));
      assertThatThrownBy(() -> Frame.parse(bad)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aCutOffFrameIsNoticed() {
    ByteBuffer good = request();
    for (int length = 0; length < good.remaining(); length++) {
      ByteBuffer bad = copy(good).limit(length);
      assertThatThrownBy(() -> Frame.parse(bad)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherVersionAndAnUnknownKindAreRefused() {
    assertThatThrownBy(() -> Frame.parse(with(0, 9))).hasMessageContaining("version 9");
    assertThatThrownBy(() -> Frame.parse(with(1, 99))).hasMessageContaining("kind 99");
    assertThatThrownBy(() -> Frame.parse(with(1, 0))).hasMessageContaining("kind 0");
  }

  /// A frame that differs in one byte, with the checksum that goes with it.
  private static ByteBuffer with(int at, int value) {
    ByteBuffer frame = copy(request());
    frame.put(at, (byte) value);
    CRC32C crc = new CRC32C();
    crc.update(frame.duplicate().limit(10));
    crc.update(frame.duplicate().position(14));
    return frame.putInt(10, (int) crc.getValue());
  }

  private static ByteBuffer request() {
    MessageOutput out = Frame.begin();
    out.varint(1, 7);
    return Frame.seal(out, Kind.REQUEST, 0x102);
  }

  private static ByteBuffer copy(ByteBuffer frame) {
    return ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip();
  }

  private static String hex(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
