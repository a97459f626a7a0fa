package dev.evenkeel.wal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where the records that can be read back lie, and which segments are being read just now.
///
/// A segment is freed only when all its records are released, and released records are forgotten
/// here first; so nobody begins to read a segment that is being freed, and [#letGo] waits for those
/// who began before. From any thread; the lock is held for short look-ups only, never for the disk.
final class Places {
  /// Records that one loan covers at most.
  private static final int LOAN_RECORDS_MAX = 256;

  private final ReentrantLock lock = new ReentrantLock();

  /// Segment number → which life of it holds records.
  private final Map<Long, SegmentFormat.Identity> segments = new HashMap<>();

  /// Segment number → how many read it.
  private final Map<Long, Integer> readers = new HashMap<>();

  /// What recovery found of groups that nobody has asked for yet.
  private final Map<Long, RecordPlaces> recovered = new HashMap<>();

  /// Records of one segment that cannot be freed before [#giveBack].
  ///
  /// @param segment null when there are no records
  record Loan(SegmentFormat.@Nullable Identity segment, RecordPlaces.Run run) {}

  void open(SegmentFormat.Identity segment) {
    lock.lock();
    try {
      segments.put(segment.number(), segment);
    } finally {
      lock.unlock();
    }
  }

  /// Forgets a segment that is not needed any more; false while somebody reads it.
  boolean letGo(long segment) {
    lock.lock();
    try {
      if (readers.containsKey(segment)) {
        return false;
      }
      segments.remove(segment);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void recovered(long group, long slot, long place) {
    lock.lock();
    try {
      recovered.computeIfAbsent(group, _ -> new RecordPlaces()).put(slot, place);
    } finally {
      lock.unlock();
    }
  }

  /// Hands the group what recovery found of it.
  void adopt(LogGroup group) {
    lock.lock();
    try {
      group.places = recovered.remove(group.number());
    } finally {
      lock.unlock();
    }
  }

  /// The records of a batch are durable.
  ///
  /// @param start where in the segment the first one lies; the others follow
  void add(long segment, int start, PendingRecord[] records) {
    lock.lock();
    try {
      int position = start;
      for (PendingRecord record : records) {
        add(record, RecordPlaces.place(segment, position));
        position += record.bytes();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void add(PendingRecord record, long place) {
    LogGroup group = record.group;
    if (RecordFormat.isNote(record.kind) || group.isRetired() || record.slot <= group.released) {
      return;
    }
    @Nullable RecordPlaces places = group.places;
    if (places == null) {
      places = new RecordPlaces();
      group.places = places;
    }
    places.put(record.slot, place);
  }

  void release(LogGroup group, long slot) {
    lock.lock();
    try {
      group.released = Math.max(group.released, slot);
      if (group.places != null) {
        group.places.release(group.released);
        group.places = unlessEmpty(group.places);
      }
    } finally {
      lock.unlock();
    }
  }

  void releaseBefore(LogGroup group, long segment) {
    lock.lock();
    try {
      if (group.places != null) {
        group.places.releaseBefore(segment);
        group.places = unlessEmpty(group.places);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The group is gone for good.
  ///
  /// @param door null when nobody asked for it in this life of the log
  void drop(long group, @Nullable LogGroup door) {
    lock.lock();
    try {
      recovered.remove(group);
      if (door != null) {
        door.places = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /// The next records of `[fromSlot, toSlot)`; null when `fromSlot` is gone.
  @Nullable Loan lend(LogGroup group, long fromSlot, long toSlot) {
    lock.lock();
    try {
      if (group.isRetired() || fromSlot <= group.released) {
        return null;
      }
      @Nullable RecordPlaces places = group.places;
      if (places == null) {
        return new Loan(null, RecordPlaces.Run.EMPTY);
      }
      RecordPlaces.Run run = places.run(fromSlot, toSlot, LOAN_RECORDS_MAX);
      return run.size() == 0 ? new Loan(null, run) : lend(run);
    } finally {
      lock.unlock();
    }
  }

  private Loan lend(RecordPlaces.Run run) {
    long number = RecordPlaces.segment(run.place(0));
    SegmentFormat.@Nullable Identity segment = segments.get(number);
    if (segment == null) {
      throw new AssertionError("segment " + number + " was freed with records that are needed");
    }
    readers.merge(number, 1, Integer::sum);
    return new Loan(segment, run);
  }

  void giveBack(long segment) {
    lock.lock();
    try {
      readers.computeIfPresent(segment, (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable RecordPlaces unlessEmpty(RecordPlaces places) {
    return places.isEmpty() ? null : places;
  }
}
