package dev.evenkeel.wal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What stands at the front of a segment; see the package.
///
/// @param number the segment's identity: its place in the log, from 1
record SegmentHeader(long number, long segmentBytes) {
  static final int BYTES = 64;
  static final byte VERSION = 0x01;
  private static final byte[] MAGIC = "EVKLLOG".getBytes(US_ASCII);

  ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put(MAGIC).put(VERSION).putLong(number).putLong(segmentBytes);
    out.putInt(checksum(out.array(), out.position()));
    return out.rewind();
  }

  /// The header in those bytes, or null when they are none.
  static @Nullable SegmentHeader decode(ByteBuffer in) {
    byte[] bytes = new byte[MAGIC.length];
    int start = in.position();
    in.get(bytes);
    byte version = in.get();
    SegmentHeader header = new SegmentHeader(in.getLong(), in.getLong());
    int covered = in.position() - start;
    byte[] all = new byte[covered];
    in.get(start, all);
    boolean valid =
        java.util.Arrays.equals(bytes, MAGIC)
            && version == VERSION
            && in.getInt() == checksum(all, covered);
    return valid ? header : null;
  }

  /// Whether the bytes begin like a header of whatever version, and of which.
  static int versionOf(ByteBuffer in) {
    byte[] bytes = new byte[MAGIC.length];
    in.get(in.position(), bytes);
    return java.util.Arrays.equals(bytes, MAGIC) ? in.get(in.position() + MAGIC.length) : -1;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
