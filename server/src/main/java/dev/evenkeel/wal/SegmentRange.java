package dev.evenkeel.wal;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which segments must be there, durably: the name of an empty file. So a segment that somebody
/// took away is missed, be it the oldest, the youngest, or all of them.
///
/// There may be more: older ones that were to go, and younger ones that hold nothing.
final class SegmentRange {
  private final SegmentFolder folder;
  private Bounds bounds;

  /// Whether the name that says so is.
  private boolean durable = true;

  /// @param last less than `first`: none
  record Bounds(long first, long last) {
    static final Bounds NONE = new Bounds(1, 0);
  }

  private SegmentRange(SegmentFolder folder, Bounds bounds) {
    this.folder = folder;
    this.bounds = bounds;
  }

  /// What the folder says, which was synced; null where it says nothing.
  static @Nullable SegmentRange find(SegmentFolder folder) throws IOException {
    List<Bounds> found = folder.ranges();
    if (found.size() > 1) {
      throw new CorruptLogException(folder.range(found.getFirst()), 0, "there is a second range");
    }
    return found.isEmpty() ? null : new SegmentRange(folder, found.getFirst());
  }

  static SegmentRange create(SegmentFolder folder, Bounds bounds) throws IOException {
    folder.disk().open(folder.range(bounds)).close();
    folder.sync();
    return new SegmentRange(folder, bounds);
  }

  /// @param present numbers of the segments that are there, without gaps
  void requireAllOf(List<Long> present) throws CorruptLogException {
    if (bounds.last < bounds.first) {
      return;
    }
    if (present.isEmpty() || present.getFirst() > bounds.first) {
      throw missing(bounds.first);
    }
    if (present.getLast() < bounds.last) {
      throw missing(present.getLast() + 1);
    }
  }

  private CorruptLogException missing(long number) {
    return new CorruptLogException(folder.segment(number), 0, "this file is missing");
  }

  /// Durable on return. May be tried again after a failure.
  void set(Bounds next) throws IOException {
    if (!next.equals(bounds)) {
      folder.disk().rename(folder.range(bounds), folder.range(next));
      bounds = next;
      durable = false;
    }
    if (!durable) {
      folder.sync();
      durable = true;
    }
  }

  /// The segment of that number, the youngest, is there durably; it is about to be used.
  void extendTo(long number) throws IOException {
    set(new Bounds(bounds.first, number));
  }

  /// All segments up to that number are about to go.
  void forgetUpTo(long number) throws IOException {
    set(new Bounds(Math.max(bounds.first, number + 1), bounds.last));
  }
}
