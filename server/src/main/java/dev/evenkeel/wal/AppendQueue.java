package dev.evenkeel.wal;

import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where any thread leaves records for the writer, without a lock. The records themselves are the
/// links: a stack that the writer takes as a whole and turns round.
final class AppendQueue {
  private final AtomicReference<@Nullable PendingRecord> newest = new AtomicReference<>();

  /// Adds it; true when the queue was empty, and the caller has to wake the writer.
  boolean add(PendingRecord record) {
    @Nullable PendingRecord before;
    do {
      before = newest.get();
      record.next = before;
    } while (!newest.compareAndSet(before, record));
    return before == null;
  }

  /// Moves all records to the end of `backlog`, the oldest first.
  void drainTo(Deque<PendingRecord> backlog) {
    if (newest.get() == null) {
      return;
    }
    @Nullable PendingRecord record = newest.getAndSet(null);
    @Nullable PendingRecord oldest = null;
    while (record != null) {
      @Nullable PendingRecord older = record.next;
      record.next = oldest;
      oldest = record;
      record = older;
    }
    while (oldest != null) {
      @Nullable PendingRecord newer = oldest.next;
      oldest.next = null;
      backlog.add(oldest);
      oldest = newer;
    }
  }
}
