package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads records back while the log goes on: through files of its own, a segment at a time, each
/// record verified. Blocks on the disk; from any thread.
final class ReadBack {
  /// Read at once; records of one group that follow each other mostly lie together.
  private static final int WINDOW_BYTES = 32 << 10;

  private final SegmentFolder folder;
  private final Places places;

  ReadBack(SegmentFolder folder, Places places) {
    this.folder = folder;
    this.places = places;
  }

  LogRead read(LogGroup group, long fromSlot, long toSlot, int bytesMax) throws IOException {
    Found found = new Found(group, bytesMax);
    long next = fromSlot;
    while (true) {
      Places.@Nullable Loan loan = places.lend(group, next, toSlot);
      if (loan == null && found.records.isEmpty()) {
        return new LogRead.Gone();
      }
      if (loan == null || loan.segment() == null || !read(loan.segment(), loan.run(), found)) {
        return new LogRead.Records(List.copyOf(found.records));
      }
      next = found.records.getLast().slot() + 1;
    }
  }

  /// Reads what was lent; false when no more is wanted.
  private boolean read(SegmentFormat.Identity identity, RecordPlaces.Run run, Found found)
      throws IOException {
    try (Disk.File file = folder.disk().open(folder.segment(identity.number()))) {
      // What a window holds is as old as the loan, so a window never outlives it.
      ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
      SegmentReader reader = new SegmentReader(new Segment(identity, file), window);
      for (int i = 0; i < run.size(); i++) {
        if (!found.add(record(reader, identity, run.place(i), found.group, run.slot(i)))) {
          return false;
        }
      }
      return true;
    } finally {
      places.giveBack(identity.number());
    }
  }

  private LogRecord record(
      SegmentReader reader, SegmentFormat.Identity segment, long place, LogGroup group, long slot)
      throws IOException {
    int position = RecordPlaces.position(place);
    @Nullable LogRecord record = reader.record(position, group.number());
    if (record == null || record.slot() != slot) {
      throw new CorruptLogException(
          folder.segment(segment.number()),
          position,
          "slot " + slot + " of group " + group.number() + " is not as it was written");
    }
    return record;
  }

  /// What was read so far.
  private static final class Found {
    final LogGroup group;
    final List<LogRecord> records = new ArrayList<>();
    private long bytesLeft;

    Found(LogGroup group, int bytesMax) {
      this.group = group;
      this.bytesLeft = bytesMax;
    }

    /// Takes the record if it still fits, and the first one always; false when it does not.
    boolean add(LogRecord record) {
      bytesLeft -= record.payload().length;
      if (bytesLeft < 0 && !records.isEmpty()) {
        return false;
      }
      records.add(record);
      return true;
    }
  }
}
