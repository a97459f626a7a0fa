package dev.evenkeel.wal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which full segments are still needed. They are let go from the oldest on, so that there is never
/// a gap. The writer's.
final class Retention {
  private final Deque<Segment> full = new ArrayDeque<>();

  /// Group → all its records up to this slot may go.
  private final Map<Long, Long> released = new HashMap<>();

  private final Consumer<Segment> free;

  /// @param full segments before the active one, the oldest first
  /// @param free takes each segment that is not needed any more
  Retention(List<Segment> full, Consumer<Segment> free) {
    this.full.addAll(full);
    this.free = free;
  }

  int fullSegments() {
    return full.size();
  }

  /// The active segment is full.
  void add(Segment segment) {
    full.add(segment);
    if (full.size() == 1) {
      segment.release(released);
    }
    freeUnpinned();
  }

  void release(long group, long slot) {
    released.merge(group, slot, Math::max);
    @Nullable Segment oldest = full.peek();
    if (oldest != null) {
      oldest.release(group, slot);
      freeUnpinned();
    }
  }

  /// The group needs nothing that lies before that segment.
  void releaseBefore(long group, long number) {
    for (Segment segment : full) {
      if (segment.number() < number) {
        segment.unpin(group);
      }
    }
    freeUnpinned();
  }

  /// Who pins all but the youngest segments.
  ///
  /// @param segmentsMax how many are young, the active one among them
  LogPins pins(int segmentsMax) {
    SortedSet<Long> groups = new TreeSet<>();
    long young = 0;
    int old = full.size() + 1 - segmentsMax;
    for (Segment segment : full) {
      if (old > 0) {
        segment.release(released);
        groups.addAll(segment.pinning());
        young = segment.number() + 1;
      }
      old--;
    }
    return new LogPins(young, List.copyOf(groups));
  }

  /// The group is gone for good.
  void retire(long group) {
    released.remove(group);
    full.forEach(segment -> segment.unpin(group));
    freeUnpinned();
  }

  private void freeUnpinned() {
    @Nullable Segment oldest = full.peek();
    while (oldest != null && !oldest.isPinned()) {
      free.accept(full.remove());
      oldest = full.peek();
      if (oldest != null) {
        oldest.release(released);
      }
    }
  }
}
