package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the log of an earlier life: hands over every complete batch, drops a torn tail, and
/// refuses what has rotted. The rule is in the package.
final class LogRecovery {
  /// The batch that follows nothing is unknown, because its predecessors were released.
  private static final long UNKNOWN = -1;

  private final Disk disk;
  private final LogOptions options;
  private final SegmentSupply supply;
  private final RecordFormat format = new RecordFormat();
  private final List<Segment> segments = new ArrayList<>();
  private final List<RecordFormat.Read> batch = new ArrayList<>();
  private long lastBatch = UNKNOWN;

  /// Where the batch that is being read begins.
  private int batchSegment;

  private long batchOffset;

  /// @param segments oldest first; the last one is where the log goes on
  record Found(List<Segment> segments, long lastBatch) {}

  LogRecovery(Disk disk, LogOptions options, SegmentSupply supply) {
    this.disk = disk;
    this.options = options;
    this.supply = supply;
  }

  Found run(LogReplay replay) throws IOException {
    openSegments();
    if (segments.isEmpty()) {
      supply.prepare(
          1, options.firstSegmentBytes(), segments::add, problem -> firstFailure(problem));
      return started();
    }
    if (segments.getFirst().number == 1) {
      lastBatch = 0;
    }
    int active = replayAll(replay);
    for (int i = segments.size() - 1; i > active; i--) {
      Segment unused = segments.removeLast();
      unused.file.close();
      disk.delete(unused.name);
      disk.syncFolder(options.folder());
    }
    return new Found(segments, Math.max(0, lastBatch));
  }

  private @Nullable IOException firstProblem;

  private void firstFailure(IOException problem) {
    firstProblem = problem;
  }

  private Found started() throws IOException {
    if (firstProblem != null) {
      throw firstProblem;
    }
    if (segments.isEmpty()) {
      throw new IOException("the first log segment was not made durable in time");
    }
    return new Found(segments, 0);
  }

  private void openSegments() throws IOException {
    for (String fileName : disk.list(options.folder())) {
      if (SegmentSupply.isSpare(fileName)) {
        supply.found(fileName);
      } else if (Segment.isSegment(fileName)) {
        segments.add(openSegment(fileName));
      } else {
        throw new IOException("log folder holds a foreign file " + fileName);
      }
    }
    for (int i = 1; i < segments.size(); i++) {
      Segment before = segments.get(i - 1);
      if (segments.get(i).number != before.number + 1) {
        throw new CorruptLogException(
            before.name, before.bytes, "the segment that should follow is missing");
      }
    }
  }

  private Segment openSegment(String fileName) throws IOException {
    String name = options.folder() + "/" + fileName;
    Disk.File file = disk.open(name);
    ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
    file.read(0, bytes);
    bytes.clear();
    int version = SegmentHeader.versionOf(bytes);
    if (version >= 0 && version != SegmentHeader.VERSION) {
      throw new IOException(
          "log file "
              + name
              + " has format version "
              + version
              + "; this release reads version "
              + SegmentHeader.VERSION);
    }
    SegmentHeader header = SegmentHeader.decode(bytes);
    if (header == null || header.number() != Segment.number(fileName)) {
      throw new CorruptLogException(name, 0, "its header does not verify");
    }
    return new Segment(header, name, file);
  }

  /// Returns the index of the segment in which the log goes on.
  private int replayAll(LogReplay replay) throws IOException {
    int index = 0;
    ByteBuffer bytes = load(segments.get(0));
    long offset = SegmentHeader.BYTES;
    batchOffset = offset;
    while (true) {
      Segment segment = segments.get(index);
      RecordFormat.Read record = format.read(bytes, (int) offset, segment.number, offset);
      if (record != null && follows(record)) {
        offset += record.bytes();
        accept(record, index, offset, replay);
        continue;
      }
      if (batch.isEmpty() && index + 1 < segments.size() && continuesIn(index + 1)) {
        segment.end = offset;
        index++;
        bytes = load(segments.get(index));
        offset = SegmentHeader.BYTES;
        batchSegment = index;
        batchOffset = offset;
        continue;
      }
      refuseRot(index, bytes, offset);
      dropTail(bytes);
      segment.end = batchOffset;
      return batchSegment;
    }
  }

  private boolean follows(RecordFormat.Read record) {
    if (!batch.isEmpty()) {
      return record.batch() == batch.getFirst().batch();
    }
    return lastBatch == UNKNOWN || record.batch() == lastBatch + 1;
  }

  private void accept(RecordFormat.Read record, int index, long end, LogReplay replay)
      throws IOException {
    batch.add(record);
    if (!record.lastOfBatch()) {
      return;
    }
    Segment segment = segments.get(index);
    for (RecordFormat.Read each : batch) {
      replay.record(each.group(), each.kind(), each.ballot(), each.slot(), each.payload());
      segment.holds(each.group(), each.slot());
    }
    batch.clear();
    lastBatch = record.batch();
    batchSegment = index;
    batchOffset = end;
  }

  private boolean continuesIn(int index) throws IOException {
    Segment segment = segments.get(index);
    RecordFormat.Read first =
        format.read(load(segment), SegmentHeader.BYTES, segment.number, SegmentHeader.BYTES);
    return first != null && follows(first);
  }

  /// Where a record does not verify, everything behind must be of its own batch or not verify
  /// either.
  private void refuseRot(int index, ByteBuffer bytes, long offset) throws IOException {
    long own =
        batch.isEmpty()
            ? (lastBatch == UNKNOWN ? UNKNOWN : lastBatch + 1)
            : batch.getFirst().batch();
    for (int i = index; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      ByteBuffer in = i == index ? bytes : load(segment);
      long from = i == index ? offset : SegmentHeader.BYTES;
      for (long at = RecordFormat.aligned(from);
          at + RecordFormat.HEADER_BYTES <= in.limit();
          at += RecordFormat.alignment()) {
        RecordFormat.Read later = format.read(in, (int) at, segment.number, at);
        if (later != null && (own == UNKNOWN || later.batch() > own)) {
          throw new CorruptLogException(
              segments.get(index).name,
              offset,
              "a record does not verify, but a later one does, at offset "
                  + at
                  + " of "
                  + segment.name);
        }
      }
    }
  }

  /// Overwrites what is left of a batch that was never acknowledged, so that it cannot be taken for
  /// part of the log when the log has grown over it.
  private void dropTail(ByteBuffer bytes) throws IOException {
    batch.clear();
    Segment segment = segments.get(batchSegment);
    int length =
        (int)
            Math.min(
                bytes.limit() - batchOffset,
                (long) options.batchBytesMax() + RecordFormat.RECORD_BYTES_MAX);
    if (length <= 0 || isZero(bytes, (int) batchOffset, length)) {
      return;
    }
    segment.file.write(batchOffset, ByteBuffer.allocate(length));
    // Durable before the next batch is: that one's sync covers the same file.
  }

  private static boolean isZero(ByteBuffer bytes, int from, int length) {
    for (int at = from; at < from + length; at++) {
      if (bytes.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  private ByteBuffer load(Segment segment) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(segment.bytes, segment.file.size()));
    segment.file.read(0, bytes);
    return bytes.flip();
  }
}
