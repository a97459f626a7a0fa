package dev.evenkeel.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Protobuf's own library reads what we write and writes what we read.
class MessageFormatTest {
  private static final long[] NUMBERS = {
    0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE
  };
  private static final int[] LENGTHS = {0, 1, 127, 128, 300, 16_383, 16_384, 3 << 20};

  @Test
  void protobufReadsWhatIsWritten() throws IOException {
    for (long number : NUMBERS) {
      MessageOutput out = new MessageOutput();
      out.varint(1, number);
      out.signed(2, number);
      out.fixed64(15, number);
      out.fixed32(16, (int) number);
      out.flag(MessageOutput.FIELD_MAX, number > 0);
      out.text(4, "größe 𐐷 " + number);
      CodedInputStream in = CodedInputStream.newInstance(out.toBytes());
      assertThat(in.readTag() >>> 3).isEqualTo(1);
      assertThat(in.readInt64()).isEqualTo(number);
      in.readTag();
      assertThat(in.readSInt64()).isEqualTo(number);
      in.readTag();
      assertThat(in.readFixed64()).isEqualTo(number);
      in.readTag();
      assertThat(in.readFixed32()).isEqualTo((int) number);
      assertThat(in.readTag() >>> 3).isEqualTo(MessageOutput.FIELD_MAX);
      assertThat(in.readBool()).isEqualTo(number > 0);
      in.readTag();
      assertThat(in.readStringRequireUtf8()).isEqualTo("größe 𐐷 " + number);
      assertThat(in.isAtEnd()).isTrue();
    }
  }

  @Test
  void whatProtobufWritesIsRead() throws IOException {
    for (long number : NUMBERS) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt64(1, number);
      out.writeSInt64(2, number);
      out.writeFixed64(3, number);
      out.writeFixed32(4, (int) number);
      out.writeBool(5, number > 0);
      out.writeString(6, "größe " + number);
      out.flush();
      MessageInput in = MessageInput.of(bytes.toByteArray());
      for (int field = 1; in.next(); field++) {
        assertThat(in.field()).isEqualTo(field);
        switch (field) {
          case 1 -> assertThat(in.varint()).isEqualTo(number);
          case 2 -> assertThat(in.signed()).isEqualTo(number);
          case 3 -> assertThat(in.fixed64()).isEqualTo(number);
          case 4 -> assertThat(in.fixed32()).isEqualTo((int) number);
          case 5 -> assertThat(in.flag()).isEqualTo(number > 0);
          default -> assertThat(in.text()).isEqualTo("größe " + number);
        }
      }
    }
  }

  @Test
  void nestedMessagesOfEveryLengthAreReadByProtobuf() throws IOException {
    for (int length : LENGTHS) {
      byte[] payload = new byte[length];
      Arrays.fill(payload, (byte) 7);
      MessageOutput out = new MessageOutput();
      int outer = out.begin(3);
      int inner = out.begin(4);
      out.bytes(5, payload);
      out.end(inner);
      out.varint(6, 9);
      out.end(outer);
      out.varint(7, 10);
      CodedInputStream in = CodedInputStream.newInstance(out.toBytes());
      in.readTag();
      int limit = in.pushLimit(in.readRawVarint32());
      in.readTag();
      int innerLimit = in.pushLimit(in.readRawVarint32());
      in.readTag();
      assertThat(in.readByteArray()).isEqualTo(payload);
      assertThat(in.isAtEnd()).isTrue();
      in.popLimit(innerLimit);
      in.readTag();
      assertThat(in.readInt64()).isEqualTo(9);
      in.popLimit(limit);
      in.readTag();
      assertThat(in.readInt64()).isEqualTo(10);
      assertThat(nested(out.toBytes())).isEqualTo(payload);
    }
  }

  private static byte[] nested(byte[] message) throws IOException {
    MessageInput in = MessageInput.of(message);
    in.next();
    MessageInput outer = in.message();
    outer.next();
    MessageInput inner = outer.message();
    inner.next();
    byte[] payload = inner.bytes();
    assertThat(inner.next()).isFalse();
    assertThat(outer.next()).isTrue();
    assertThat(outer.count()).isEqualTo(9);
    assertThat(in.next()).isTrue();
    assertThat(in.count()).isEqualTo(10);
    return payload;
  }

  @Test
  void whatNobodyReadsIsSkipped() throws IOException {
    MessageOutput out = new MessageOutput();
    out.varint(1, -1);
    out.fixed64(2, 2);
    out.fixed32(3, 3);
    out.text(4, "unknown");
    out.varint(5, 42);
    MessageInput in = MessageInput.of(out.toBytes());
    long last = 0;
    while (in.next()) {
      if (in.field() == 5) {
        last = in.varint();
      }
    }
    assertThat(last).isEqualTo(42);
  }

  @Test
  void damagedBytesAreAnIoExceptionOrAnotherMessageAndNothingElse() {
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    for (int run = 0; run < 20_000; run++) {
      byte[] message = message(random);
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      byte[] bad = Arrays.copyOf(message, 1 + random.nextInt(message.length));
      try {
        readAll(MessageInput.of(bad));
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_999);
  }

  private static byte[] message(SplittableRandom random) {
    MessageOutput out = new MessageOutput();
    out.varint(1, random.nextLong());
    int nested = out.begin(2);
    out.fixed64(1, random.nextLong());
    out.bytes(3, new byte[random.nextInt(200)]);
    out.end(nested);
    out.signed(4, random.nextInt());
    return out.toBytes();
  }

  private static void readAll(MessageInput in) throws IOException {
    while (in.next()) {
      if (in.field() == 2) {
        readAll(in.message());
      } else if (in.field() == 3) {
        in.text();
      }
    }
  }

  @Test
  void everyBrokenRuleHasItsException() {
    assertThatThrownBy(() -> first(0x0a, 5, 1).view()).hasMessageContaining("cut off");
    assertThatThrownBy(() -> first(0x09, 1, 2, 3).fixed64()).hasMessageContaining("cut off");
    assertThatThrownBy(() -> first(0x08, 1).bytes()).hasMessageContaining("wire type 0");
    assertThatThrownBy(() -> first(0x0b)).hasNoCause();
    assertThatThrownBy(() -> first(0x00)).hasMessageContaining("number 0");
    assertThatThrownBy(() -> first(0x0a, 1, 0xff).text()).hasMessageContaining("UTF-8");
    assertThatThrownBy(
            () -> first(0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1).varint())
        .hasMessageContaining("ten bytes");
    assertThatThrownBy(() -> first(0x08, 255, 255, 255, 255, 255, 1).count())
        .hasMessageContaining("out of bounds");
  }

  /// At the first field of those bytes; a second look finds the end or throws.
  private static MessageInput first(int... bytes) throws IOException {
    byte[] message = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      message[i] = (byte) bytes[i];
    }
    MessageInput in = MessageInput.of(message);
    in.next();
    if ((bytes[0] & 7) == 3) {
      in.next();
    }
    return in;
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    byte[] message = {};
    for (int depth = 0; depth < 100; depth++) {
      MessageOutput out = new MessageOutput();
      out.bytes(1, message);
      message = out.toBytes();
    }
    MessageInput top = MessageInput.of(message);
    assertThatThrownBy(() -> descend(top)).hasMessageContaining("deep");
  }

  private static void descend(MessageInput in) throws IOException {
    while (in.next()) {
      descend(in.message());
    }
  }

  @Test
  void aFieldIsReadOnce() throws IOException {
    MessageInput in = first(0x08, 1);
    in.varint();
    assertThatThrownBy(in::varint).isInstanceOf(IllegalStateException.class);
  }
}
