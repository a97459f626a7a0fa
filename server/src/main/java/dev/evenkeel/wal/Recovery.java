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

  Recovery(Disk disk, LogOptions options, LogMeter meter, Places places) {
    this.folder = new SegmentFolder(disk, options.folder());
    this.options = options;
    this.meter = meter;
    this.places = places;
  }

  Recovered run(LogReplay replay) throws IOException {
    folder.disk().createFolder(options.folder());
    // A process that died between renaming a file and syncing the folder left a name that may be
    // gone after a power loss; used again under it, the file would come back under its old one.
    folder.disk().syncFolder(options.folder());
    List<Long> numbers = folder.segments();
    requireNoGap(numbers);
    try {
      for (long number : numbers) {
        segments.add(open(number));
      }
      if (!segments.isEmpty()) {
        replayAll(replay);
        judgeTail();
      }
      List<Long> spares = tidy();
      return recovered(spares);
    } catch (IOException e) {
      closeAfter(e);
      throw e;
    }
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

  private Recovered recovered(List<Long> spares) throws IOException {
    if (segments.isEmpty()) {
      return new Recovered(List.of(), null, 0, 0, true, 0, spares, null);
    }
    List<Segment> full = List.copyOf(segments.subList(0, tail));
    for (Segment segment : full) {
      segment.close();
    }
    segments.forEach(segment -> places.open(segment.identity()));
    Segment active = segments.get(tail);
    String former = sealed ? null : former(active, spares);
    return new Recovered(
        full, active, lastBatch, lastBatchBytes, sealed, remainsEnd, spares, former);
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
