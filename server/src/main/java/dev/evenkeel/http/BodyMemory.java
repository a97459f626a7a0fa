package dev.evenkeel.http;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds the memory of all large bodies together. Small ones are bounded by the number of
/// connections and of requests in flight.
final class BodyMemory {
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();

  BodyMemory(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// False when there is no room; nothing is taken then.
  boolean take(long count) {
    if (bytes.addAndGet(count) > bytesMax) {
      bytes.addAndGet(-count);
      return false;
    }
    return true;
  }

  void giveBack(long count) {
    bytes.addAndGet(-count);
  }

  long bytes() {
    return bytes.get();
  }
}
