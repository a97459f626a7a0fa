package dev.evenkeel.telemetry;

import java.util.concurrent.atomic.LongAdder;

/// Counts durations in fixed buckets, 20 µs to 10 s in steps of 1, 2, 5, and one above.
public final class LatencyHistogram {
  private static final long[] BOUNDS_NANOS = {
    20_000L,
    50_000L,
    100_000L,
    200_000L,
    500_000L,
    1_000_000L,
    2_000_000L,
    5_000_000L,
    10_000_000L,
    20_000_000L,
    50_000_000L,
    100_000_000L,
    200_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_000_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  /// One per bound, counting what is at most that bound and above the one before; the last counts
  /// what is above every bound.
  private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];

  private final LongAdder sumNanos = new LongAdder();

  LatencyHistogram() {
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      buckets[bucket] = new LongAdder();
    }
  }

  public void record(long nanos) {
    buckets[bucket(nanos)].increment();
    sumNanos.add(nanos);
  }

  /// How many were recorded.
  public long count() {
    long count = 0;
    for (LongAdder bucket : buckets) {
      count += bucket.sum();
    }
    return count;
  }

  public long sumNanos() {
    return sumNanos.sum();
  }

  /// The counts of the buckets, not cumulative, in the order of [#boundsSeconds].
  long[] counts() {
    long[] counts = new long[buckets.length];
    for (int bucket = 0; bucket < counts.length; bucket++) {
      counts[bucket] = buckets[bucket].sum();
    }
    return counts;
  }

  /// The upper bounds of the buckets, inclusive; the last is infinite.
  static double[] boundsSeconds() {
    double[] bounds = new double[BOUNDS_NANOS.length + 1];
    for (int bucket = 0; bucket < BOUNDS_NANOS.length; bucket++) {
      bounds[bucket] = BOUNDS_NANOS[bucket] / 1e9;
    }
    bounds[BOUNDS_NANOS.length] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  /// First bucket whose bound is not below the time. Most requests end within the first few, so a
  /// walk from the left is as quick as halving, and predicted better.
  private static int bucket(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
