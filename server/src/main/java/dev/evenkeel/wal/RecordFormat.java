package dev.evenkeel.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Writes and checks records of one segment. One thread at a time.
final class RecordFormat {
  static final int HEADER_BYTES = 48;

  static final byte LAST = 1;
  static final byte SEAL = 2;

  static final int ALIGNMENT = 8;
  private static final int CHECKSUM_AT = 4;
  private static final int BATCH_AT = 8;
  private static final int GROUP_AT = 16;
  private static final int BALLOT_AT = 24;
  private static final int SLOT_AT = 32;
  private static final int KIND_AT = 40;
  private static final int FLAGS_AT = 41;
  private static final int MARK_AT = 42;
  private static final int ORDINAL_AT = 44;

  private final short mark;
  private final CRC32C crc = new CRC32C();

  /// The batch that is being written, and how many are before it in the segment.
  private long batch;

  private int ordinal;

  /// Salt, position, length: what the checksum covers before the rest of the record.
  private final ByteBuffer prefix = ByteBuffer.allocate(20);

  RecordFormat(SegmentFormat.Identity segment) {
    this.mark = (short) segment.salt();
    prefix.putLong(0, segment.salt());
  }

  /// What a record with that payload takes, header and padding included.
  static int bytes(int payloadBytes) {
    return (HEADER_BYTES + payloadBytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /// The records that are written next belong to that batch.
  ///
  /// @param newOrdinal how many batches are before it in the segment
  void begin(long newBatch, int newOrdinal) {
    batch = newBatch;
    ordinal = newOrdinal;
  }

  /// Writes the record at the buffer's position and moves past its padding.
  ///
  /// @param position of the record in the segment
  /// @param last whether the batch ends with it
  void write(ByteBuffer into, long position, PendingRecord record, boolean last) {
    int at = into.position();
    into.putInt(record.payload.length).putInt(0).putLong(batch);
    into.putLong(record.group.number()).putLong(record.ballot).putLong(record.slot);
    into.put(record.kind).put(last ? LAST : 0).putShort(mark).putInt(ordinal);
    into.put(record.payload);
    finish(into, at, position, record.payload.length);
  }

  /// Writes a record that carries nothing and is a batch by itself.
  void writeSeal(ByteBuffer into, long position) {
    int at = into.position();
    into.putInt(0).putInt(0).putLong(batch).putLong(0).putLong(0).putLong(0);
    into.put((byte) 0).put((byte) (LAST | SEAL)).putShort(mark).putInt(ordinal);
    finish(into, at, position, 0);
  }

  private void finish(ByteBuffer into, int at, long position, int length) {
    into.putInt(at + CHECKSUM_AT, checksum(into, at, position, length));
    while (into.position() < at + bytes(length)) {
      into.put((byte) 0);
    }
  }

  /// Whether a record of this segment may begin there, judged by its header alone.
  ///
  /// @param room bytes from there to the end of the segment
  boolean mayBegin(ByteBuffer in, int at, long room) {
    int length = in.getInt(at);
    return in.getShort(at + MARK_AT) == mark
        && length >= 0
        && length <= room - HEADER_BYTES
        && in.getLong(at + BATCH_AT) > 0
        && in.getInt(at + ORDINAL_AT) >= 0
        && (in.get(at + FLAGS_AT) & ~(LAST | SEAL)) == 0;
  }

  /// Whether the record that begins there, and lies in the buffer as a whole, is what was written
  /// at that position of this segment.
  boolean verifies(ByteBuffer in, int at, long position) {
    return in.getInt(at + CHECKSUM_AT) == checksum(in, at, position, in.getInt(at));
  }

  static int length(ByteBuffer in, int at) {
    return in.getInt(at);
  }

  /// Whether records of that kind are not read back by slot.
  static boolean isNote(byte kind) {
    return kind < 0;
  }

  static byte kind(ByteBuffer in, int at) {
    return in.get(at + KIND_AT);
  }

  static long batch(ByteBuffer in, int at) {
    return in.getLong(at + BATCH_AT);
  }

  static int ordinal(ByteBuffer in, int at) {
    return in.getInt(at + ORDINAL_AT);
  }

  static long group(ByteBuffer in, int at) {
    return in.getLong(at + GROUP_AT);
  }

  static long slot(ByteBuffer in, int at) {
    return in.getLong(at + SLOT_AT);
  }

  static boolean isLast(ByteBuffer in, int at) {
    return (in.get(at + FLAGS_AT) & LAST) != 0;
  }

  static boolean isSeal(ByteBuffer in, int at) {
    return (in.get(at + FLAGS_AT) & SEAL) != 0;
  }

  /// Copies the record.
  static LogRecord record(ByteBuffer in, int at) {
    byte[] payload = new byte[length(in, at)];
    in.get(at + HEADER_BYTES, payload);
    return new LogRecord(kind(in, at), in.getLong(at + BALLOT_AT), slot(in, at), payload);
  }

  static void replay(ByteBuffer in, int at, LogReplay replay) throws IOException {
    replay.record(
        group(in, at),
        kind(in, at),
        in.getLong(at + BALLOT_AT),
        slot(in, at),
        in.slice(at + HEADER_BYTES, length(in, at)).asReadOnlyBuffer());
  }

  private int checksum(ByteBuffer buffer, int at, long position, int length) {
    prefix.putLong(8, position).putInt(16, length);
    crc.reset();
    crc.update(prefix.array(), 0, prefix.capacity());
    crc.update(buffer.slice(at + BATCH_AT, HEADER_BYTES - BATCH_AT + length));
    return (int) crc.getValue();
  }
}
