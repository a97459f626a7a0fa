package dev.evenkeel.chaos;

import java.util.ArrayList;
import java.util.List;
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

  /// Requests whose connection broke before their answer.
  final AtomicLong broken = new AtomicLong();

  private final AtomicLong lateErrorNanos = new AtomicLong();

  final AtomicLong errorNanosMax = new AtomicLong();

  /// How long answers took since this was asked last.
  private List<Long> latencies = new ArrayList<>();

  private long lastWriteNanos = System.nanoTime();
  private long gapNanosMax;

  long acknowledged() {
    return writes.get() + conditionsFailed.get() + reads.get() + eventualReads.get();
  }

  /// Of those, what the checker of linearizability judges: all but eventual reads.
  long judged() {
    return acknowledged() - eventualReads.get();
  }

  synchronized void wrote() {
    long now = System.nanoTime();
    gapNanosMax = Math.max(gapNanosMax, now - lastWriteNanos);
    lastWriteNanos = now;
    writes.incrementAndGet();
  }

  void failed(long sentAt) {
    errors.incrementAndGet();
    long nanos = System.nanoTime() - sentAt;
    errorNanosMax.accumulateAndGet(nanos, Math::max);
    lateErrorNanos.accumulateAndGet(nanos, Math::max);
  }

  /// The slowest error since this was asked last.
  long slowestErrorMillis() {
    return lateErrorNanos.getAndSet(0) / 1_000_000;
  }

  /// A request was answered.
  synchronized void took(long sentAt) {
    latencies.add(System.nanoTime() - sentAt);
  }

  /// The 99th percentile of the answers since this was asked last, in milliseconds.
  synchronized double p99Millis() {
    List<Long> sorted = latencies.stream().sorted().toList();
    latencies = new ArrayList<>();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 99 / 100) / 1e6;
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
            + " eventual reads), %d unknown, %d broken, %d errors, the latest after %d ms",
        operations.get(),
        acknowledged(),
        writes.get(),
        conditionsFailed.get(),
        reads.get(),
        eventualReads.get(),
        unknown.get(),
        broken.get(),
        errors.get(),
        errorNanosMax.get() / 1_000_000);
  }
}
