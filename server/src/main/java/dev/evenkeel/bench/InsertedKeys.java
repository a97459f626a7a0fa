package dev.evenkeel.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Hands out the numbers of new keys, and knows below which number every key has been answered, so
/// that a read never asks for an item that is still on its way. Shared by all drivers.
final class InsertedKeys {
  /// Inserts in flight at most; far above connections × pipelining depth.
  private static final int WINDOW = 1 << 17;

  private final AtomicLong next;
  private final AtomicLong answered;

  /// Slot `key % WINDOW` holds `key + 1` once the insert of `key` has been answered.
  private final AtomicLongArray window = new AtomicLongArray(WINDOW);

  InsertedKeys(long present) {
    next = new AtomicLong(present);
    answered = new AtomicLong(present);
  }

  /// A key that no one has used.
  long take() {
    return next.getAndIncrement();
  }

  /// Marks the insert of `key` as answered, well or badly: one that failed must not hold back the
  /// rest, and shows as an item not found.
  void answered(long key) {
    window.set((int) (key % WINDOW), key + 1);
    long low = answered.get();
    while (window.get((int) (low % WINDOW)) == low + 1) {
      if (answered.compareAndSet(low, low + 1)) {
        low++;
      } else {
        low = answered.get();
      }
    }
  }

  /// Every key in `[0, count)` has been answered.
  long count() {
    return answered.get();
  }
}
