package dev.evenkeel.wal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The bytes of the format, against a golden file. Who changes it changes `package-info`, the
/// golden file and the version together.
public class LogFormatTest {
  private static final SegmentFormat.Identity SEGMENT =
      new SegmentFormat.Identity(0x1a2bL, 0x0123456789abcdefL, 64 << 20);

  @Test
  void bytesAreThoseOfTheGoldenFile() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("header\n").append(hex(SegmentFormat.header(SEGMENT), 40));
    RecordFormat format = new RecordFormat(SEGMENT);
    format.begin(77, 3);
    text.append("record, the first of its batch\n").append(hex(record(format, false), 56));
    text.append("record, the last of its batch\n").append(hex(record(format, true), 56));
    ByteBuffer seal = ByteBuffer.allocate(48);
    format.writeSeal(seal, 8192);
    text.append("seal\n").append(hex(seal, 48));
    assertThat(text.toString()).isEqualTo(golden());
  }

  @Test
  void recordVerifiesInItsSegmentAndPlaceOnly() throws IOException {
    RecordFormat format = new RecordFormat(SEGMENT);
    format.begin(77, 3);
    ByteBuffer bytes = record(format, true);
    RecordFormat otherLife =
        new RecordFormat(new SegmentFormat.Identity(0x1a2bL, 0xfedcL << 16 | 0xcdef, 64 << 20));
    assertThat(format.verifies(bytes, 0, 8192)).isTrue();
    assertThat(format.verifies(bytes, 0, 12288)).isFalse();
    assertThat(otherLife.mayBegin(bytes, 0, 4096)).isTrue();
    assertThat(otherLife.verifies(bytes, 0, 8192)).isFalse();
  }

  @Test
  void everyFlippedBitOfARecordShows() throws IOException {
    RecordFormat format = new RecordFormat(SEGMENT);
    format.begin(77, 3);
    ByteBuffer bytes = record(format, true);
    for (int bit = 0; bit < (RecordFormat.HEADER_BYTES + 5) * 8; bit++) {
      flip(bytes, bit);
      boolean accepted = format.mayBegin(bytes, 0, 56) && format.verifies(bytes, 0, 8192);
      assertThat(accepted).as("flipped bit %d", bit).isFalse();
      flip(bytes, bit);
    }
    assertThat(format.verifies(bytes, 0, 8192)).isTrue();
  }

  private static ByteBuffer record(RecordFormat format, boolean last) throws IOException {
    LogGroup group = LogLife.begin(1).door(0x0102030405060708L);
    ByteBuffer bytes = ByteBuffer.allocate(56);
    byte[] payload = "hello".getBytes(UTF_8);
    format.write(bytes, 8192, new PendingRecord(group, (byte) 7, 5, 99, payload), last);
    return bytes;
  }

  private static void flip(ByteBuffer bytes, int bit) {
    bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ 1 << bit % 8));
  }

  private static String hex(ByteBuffer bytes, int length) {
    byte[] copy = new byte[length];
    bytes.get(0, copy);
    return IntStream.range(0, length / 8)
        .mapToObj(i -> HexFormat.of().formatHex(copy, 8 * i, 8 * i + 8) + "\n")
        .collect(Collectors.joining());
  }

  private static String golden() throws IOException {
    try (InputStream in = LogFormatTest.class.getResourceAsStream("log-format-1.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
