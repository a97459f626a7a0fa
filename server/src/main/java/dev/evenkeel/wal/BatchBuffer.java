package dev.evenkeel.wal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The batch that is being gathered or written. The writer's; its memory is used again and again.
final class BatchBuffer {
  private static final int FIRST_BYTES = 256 << 10;
  private static final PendingRecord[] NONE = {};

  private final List<PendingRecord> records = new ArrayList<>();
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /// What the records take, without the last one's padding to a whole block.
  private int bytes;

  /// Takes records from the backlog while they fit.
  ///
  /// @param limit most bytes the batch may have
  void gather(Deque<PendingRecord> backlog, int limit) {
    @Nullable PendingRecord record = backlog.peek();
    while (record != null && bytes + record.bytes() <= limit) {
      records.add(backlog.remove());
      bytes += record.bytes();
      record = backlog.peek();
    }
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  int bytes() {
    return bytes;
  }

  PendingRecord[] records() {
    return records.toArray(NONE);
  }

  void clear() {
    records.clear();
    bytes = 0;
  }

  /// The batch as it is written at the segment's end: whole blocks.
  ByteBuffer encode(Segment segment, long batch) {
    begin(segment);
    RecordFormat format = segment.records();
    format.begin(batch, segment.batches());
    int last = records.size() - 1;
    for (int i = 0; i <= last; i++) {
      long position = (long) segment.end() + buffer.position();
      format.write(buffer, position, records.get(i), i == last);
    }
    return end();
  }

  /// Makes this a batch of nothing but a seal, and encodes it.
  ByteBuffer encodeSeal(Segment segment, long batch) {
    bytes = RecordFormat.bytes(0);
    begin(segment);
    segment.records().begin(batch, segment.batches());
    segment.records().writeSeal(buffer, segment.end());
    return end();
  }

  private void begin(Segment segment) {
    int needed = SegmentFormat.blocks(bytes);
    if (buffer.capacity() < needed) {
      int more = Math.max(FIRST_BYTES, 2 * buffer.capacity());
      buffer = segment.file().buffer(Math.max(needed, more));
    }
    buffer.clear();
  }

  private ByteBuffer end() {
    while (buffer.position() < SegmentFormat.blocks(bytes)) {
      buffer.putLong(0);
    }
    return buffer.flip();
  }
}
