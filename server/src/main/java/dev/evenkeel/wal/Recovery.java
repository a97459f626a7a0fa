package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out what a log holds: replays what is valid, tells a torn tail from rot, and puts the
/// files in order. Nothing is changed before the whole log has been judged.
final class Recovery {
  private final SegmentFolder folder;
  private final LogOptions options;
  private final Expected expected;
  private final LogMeter meter;
  private final Places places;

  private final List<Segment> segments = new ArrayList<>();
  private ByteBuffer window = SegmentReader.newWindow();

  /// Number of the newest valid batch, or 0; what it takes; whether it is a seal.
  private long lastBatch;

  private int lastBatchBytes;
  private boolean sealed = true;

  /// Index of the segment that holds the log's end.
  private int tail;

  private int remainsEnd;

  Recovery(Disk disk, LogOptions options, Expected expected, LogMeter meter, Places places) {
    this.folder = new SegmentFolder(disk, options.folder());
    this.options = options;
    this.expected = expected;
    this.meter = meter;
    this.places = places;
  }

  Recovered run(LogReplay replay) throws IOException {
    folder.disk().createFolder(options.folder());
    // A process that died between renaming a file and syncing the folder left a name that may be
    // gone after a power loss; used again under it, the file would come back under its old one.
    folder.disk().syncFolder(options.folder());
    List<Long> numbers = folder.segments();
    SegmentRange range = SegmentRange.find(folder);
    requireExpected(numbers, range);
    requireNoGap(numbers);
    try {
      for (long number : numbers) {
        segments.add(open(number));
      }
      if (!segments.isEmpty()) {
        replayAll(replay);
        judgeTail();
      }
      SegmentRange settled = settle(range);
      List<Long> spares = tidy();
      return recovered(settled, spares);
    } catch (IOException e) {
      closeAfter(e);
      throw e;
    }
  }

  /// A range of a life that may be the first, or that a version left that knows nothing of ranges,
  /// says nothing.
  private void requireExpected(List<Long> numbers, @Nullable SegmentRange range)
      throws IOException {
    switch (expected) {
      case NOTHING -> {}
      case SEGMENT -> {
        if (numbers.isEmpty()) {
          throw missing();
        }
      }
      case RANGE -> {
        if (range == null) {
          throw missing();
        }
        range.requireAllOf(numbers);
      }
    }
  }

  /// No damage that a node is given up for by itself: a mount may be missing.
  private IOException missing() {
    return new IOException(
        "the write-ahead log is missing: nothing of it is left in the folder "
            + options.folder()
            + "; put back what was taken away, or, where this is one of several nodes of a region,"
            + " move its whole data directory away, so that it begins under a new identity and the"
            + " others heal it; restore a backup only where the region has no other node (nothing"
            + " was begun)");
  }

  private void requireNoGap(List<Long> numbers) throws CorruptLogException {
    for (int i = 1; i < numbers.size(); i++) {
      long missing = numbers.get(i - 1) + 1;
      if (numbers.get(i) != missing) {
        throw new CorruptLogException(folder.segment(missing), 0, "this file is missing");
      }
    }
  }

  private Segment open(long number) throws IOException {
    String name = folder.segment(number);
    Disk.File file = folder.disk().open(name);
    try {
      ByteBuffer block = ByteBuffer.allocate(SegmentFormat.BLOCK_BYTES);
      file.read(0, block);
      SegmentFormat.Identity identity = SegmentFormat.parse(name, block);
      if (identity.number() != number) {
        throw new CorruptLogException(
            name, 0, "it is segment " + identity.number() + " by its header");
      }
      return new Segment(identity, file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /// Replays batch after batch until one is not there, or not as it was written.
  private void replayAll(LogReplay replay) throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      replay(segments.get(i), replay);
      if (segments.get(i).batches() == 0) {
        return;
      }
      tail = i;
    }
  }

  private void replay(Segment segment, LogReplay replay) throws IOException {
    SegmentReader reader = new SegmentReader(segment, window);
    int bytes = reader.verify(segment.end(), nextBatch(), segment.batches());
    while (bytes > 0) {
      sealed = reader.isSeal(segment.end());
      lastBatch = reader.replay(segment.end(), bytes, replay, places);
      lastBatchBytes = SegmentFormat.blocks(bytes);
      segment.grow(bytes);
      bytes = reader.verify(segment.end(), nextBatch(), segment.batches());
    }
    window = reader.window();
  }

  /// The number that the next batch must have; 0 for any, at the beginning of the log.
  private long nextBatch() {
    return lastBatch == 0 ? 0 : lastBatch + 1;
  }

  /// What lies behind the last valid batch must be nothing, or remains of the one that was being
  /// written when the process or the machine died.
  private void judgeTail() throws IOException {
    Segment end = segments.get(tail);
    search(
        end,
        end.end(),
        (batch, ordinal, recordEnd) -> {
          if (ordinal > end.batches()) {
            throw rot(end, batch, end);
          }
          remainsEnd = recordEnd;
        });
    for (Segment later : segments.subList(tail + 1, segments.size())) {
      search(
          later,
          SegmentFormat.BLOCK_BYTES,
          (batch, ordinal, recordEnd) -> {
            if (lastBatch == 0 || batch > nextBatch()) {
              throw rot(end, batch, later);
            }
            remainsEnd = Math.max(remainsEnd, end.end());
          });
    }
    if (remainsEnd > 0 || new SegmentReader(end, window).mayBegin(end.end())) {
      meter.hit(LogMeter.TORN_TAIL);
    }
  }

  private void search(Segment segment, int start, SegmentReader.Found found) throws IOException {
    SegmentReader reader = new SegmentReader(segment, window);
    reader.search(start, found);
    window = reader.window();
  }

  private CorruptLogException rot(Segment end, long batch, Segment in) {
    String place = in == end ? "" : " in " + folder.segment(in.number());
    return new CorruptLogException(
        folder.segment(end.number()),
        end.end(),
        "the batch there is damaged, though batch " + batch + " after it" + place + " is whole");
  }

  /// The segments behind the tail are about to go.
  private SegmentRange settle(@Nullable SegmentRange range) throws IOException {
    SegmentRange.Bounds bounds =
        segments.isEmpty()
            ? SegmentRange.Bounds.NONE
            : new SegmentRange.Bounds(segments.getFirst().number(), segments.get(tail).number());
    if (range == null) {
      return SegmentRange.create(folder, bounds);
    }
    range.set(bounds);
    return range;
  }

  /// Removes files that were never finished, and makes spares of the segments behind the tail, the
  /// youngest first. Answers the spares.
  private List<Long> tidy() throws IOException {
    for (long number : folder.unfinished()) {
      folder.disk().delete(folder.unfinished(number));
    }
    for (int i = segments.size() - 1; i > tail; i--) {
      Segment empty = segments.remove(i);
      empty.close();
      folder.rename(folder.segment(empty.number()), folder.spare(empty.number()));
    }
    List<Long> spares = new ArrayList<>();
    for (long number : folder.spares()) {
      if (spares.size() < options.sparesMax() && hasRightSize(folder.spare(number))) {
        spares.add(number);
      } else {
        folder.disk().delete(folder.spare(number));
      }
    }
    return spares;
  }

  private boolean hasRightSize(String name) throws IOException {
    try (Disk.File file = folder.disk().open(name)) {
      return file.size() == options.segmentBytes();
    }
  }

  private Recovered recovered(SegmentRange range, List<Long> spares) throws IOException {
    if (segments.isEmpty()) {
      return new Recovered(List.of(), range, null, 0, 0, true, 0, spares, null);
    }
    List<Segment> full = List.copyOf(segments.subList(0, tail));
    for (Segment segment : full) {
      segment.close();
    }
    segments.forEach(segment -> places.open(segment.identity()));
    Segment active = segments.get(tail);
    String former = sealed ? null : former(active, spares);
    return new Recovered(
        full, range, active, lastBatch, lastBatchBytes, sealed, remainsEnd, spares, former);
  }

  private @Nullable String former(Segment segment, List<Long> spares) {
    return segment.bytes() == options.segmentBytes() && !spares.isEmpty()
        ? folder.spare(spares.removeFirst())
        : null;
  }

  private void closeAfter(IOException cause) {
    for (Segment segment : segments) {
      try {
        segment.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
