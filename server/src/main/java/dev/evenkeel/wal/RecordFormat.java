package dev.evenkeel.wal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Records as bytes; see the package. One thread at a time.
final class RecordFormat {
  /// A record without its payload.
  static final int HEADER_BYTES = 48;

  /// The largest record: an item and its index entries, with room to spare.
  static final int RECORD_BYTES_MAX = 3 << 20;

  private static final int ALIGNMENT = 8;
  private static final int AFTER_CHECKSUM = 8;
  private static final byte LAST_OF_BATCH = 0x01;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer identity = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);

  /// A record that verified.
  ///
  /// @param bytes with padding: where the next record begins
  record Read(
      long batch,
      boolean lastOfBatch,
      byte kind,
      long group,
      long ballot,
      long slot,
      ByteBuffer payload,
      int bytes) {}

  /// A record that waits to be written.
  @SuppressWarnings("ArrayRecordComponent")
  record Pending(LogGroup group, byte kind, long ballot, long slot, byte[] payload) {
    int bytes() {
      return padded(HEADER_BYTES + payload.length);
    }
  }

  static int padded(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /// Where a record can begin at or after that offset.
  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static int alignment() {
    return ALIGNMENT;
  }

  /// Appends the record to `out`, whose position 0 lies at `base` of the segment.
  void write(Pending record, long batch, boolean last, long segment, long base, ByteBuffer out) {
    int start = out.position();
    int length = HEADER_BYTES + record.payload.length;
    out.putInt(length).putInt(0).putLong(batch);
    out.put(last ? LAST_OF_BATCH : 0).put(record.kind).putShort((short) 0).putInt(0);
    out.putLong(record.group.number()).putLong(record.ballot).putLong(record.slot);
    out.put(record.payload);
    ByteBuffer covered = out.duplicate().flip().position(start + AFTER_CHECKSUM);
    out.putInt(start + Integer.BYTES, checksum(segment, base + start, length, covered));
    while (out.position() - start < record.bytes()) {
      out.put((byte) 0);
    }
  }

  /// The record that begins at `at` of `in`, or null when none verifies there.
  ///
  /// @param offset where that is in the segment
  @Nullable Read read(ByteBuffer in, int at, long segment, long offset) {
    if (in.limit() - at < HEADER_BYTES) {
      return null;
    }
    int length = in.getInt(at);
    if (length < HEADER_BYTES || length > RECORD_BYTES_MAX || length > in.limit() - at) {
      return null;
    }
    ByteBuffer covered = in.duplicate().limit(at + length).position(at + AFTER_CHECKSUM);
    if (in.getInt(at + Integer.BYTES) != checksum(segment, offset, length, covered)) {
      return null;
    }
    return new Read(
        in.getLong(at + 8),
        (in.get(at + 16) & LAST_OF_BATCH) != 0,
        in.get(at + 17),
        in.getLong(at + 24),
        in.getLong(at + 32),
        in.getLong(at + 40),
        in.slice(at + HEADER_BYTES, length - HEADER_BYTES),
        padded(length));
  }

  private int checksum(long segment, long offset, int length, ByteBuffer covered) {
    crc.reset();
    crc.update(identity.clear().putLong(segment).putLong(offset).putInt(length).flip());
    crc.update(covered);
    return (int) crc.getValue();
  }
}
