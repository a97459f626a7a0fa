package dev.evenkeel.chaos;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// What clients of a region met.
final class RegionCounts {
  final AtomicLong operations = new AtomicLong();
  final AtomicLong writes = new AtomicLong();
  final AtomicLong conditionsFailed = new AtomicLong();
  final AtomicLong reads = new AtomicLong();
  final AtomicLong eventualReads = new AtomicLong();

  /// Writes that were answered by an error or not at all, and may have happened.
  final AtomicLong unknown = new AtomicLong();

  /// Requests answered by an error of the server.
  final AtomicLong errors = new AtomicLong();

  final AtomicLong errorNanosMax = new AtomicLong();

  private long lastWriteNanos = System.nanoTime();
  private long gapNanosMax;

  long acknowledged() {
    return writes.get() + conditionsFailed.get() + reads.get() + eventualReads.get();
  }

  synchronized void wrote() {
    long now = System.nanoTime();
    gapNanosMax = Math.max(gapNanosMax, now - lastWriteNanos);
    lastWriteNanos = now;
    writes.incrementAndGet();
  }

  void failed(long sentAt) {
    errors.incrementAndGet();
    errorNanosMax.accumulateAndGet(System.nanoTime() - sentAt, Math::max);
  }

  /// The longest time without an acknowledged write since this was asked last.
  synchronized long gapMillis() {
    long gap = Math.max(gapNanosMax, System.nanoTime() - lastWriteNanos);
    gapNanosMax = 0;
    return gap / 1_000_000;
  }

  @SuppressWarnings("AnnotateFormatMethod")
  void say(String format, Object... arguments) {
    System.out.println("chaos: " + String.format(Locale.ROOT, format, arguments));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d operations, %d acknowledged (%d writes, %d failed conditions, %d consistent and %d"
            + " eventual reads), %d unknown, %d errors, the latest after %d ms",
        operations.get(),
        acknowledged(),
        writes.get(),
        conditionsFailed.get(),
        reads.get(),
        eventualReads.get(),
        unknown.get(),
        errors.get(),
        errorNanosMax.get() / 1_000_000);
  }
}
