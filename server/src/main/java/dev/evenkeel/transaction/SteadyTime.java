package dev.evenkeel.transaction;

import dev.evenkeel.environment.Clock;
import java.time.Duration;

/// Tells what was long ago, and nothing when the wall clock has jumped, or may have before this
/// node started: then it waits until it has been steady for that long. One thread.
final class SteadyTime {
  /// By how much wall and monotonic clock may drift apart before it counts as a jump.
  private static final Duration JUMP = Duration.ofSeconds(30);

  private static final long NANOS_PER_MICRO = 1_000;

  private final Clock clock;
  private long steadySinceNanos;

  /// Wall time less monotonic time.
  private long offsetMicros;

  SteadyTime(Clock clock) {
    this.clock = clock;
    this.steadySinceNanos = clock.monotonicNanos();
    this.offsetMicros = offset();
  }

  private long offset() {
    return clock.wallMicros() - clock.monotonicNanos() / NANOS_PER_MICRO;
  }

  /// What was before this is longer ago than `age`, ms since 1970; 0 when that is not known.
  long longAgoMillis(Duration age) {
    if (Math.abs(offset() - offsetMicros) > JUMP.toNanos() / NANOS_PER_MICRO) {
      steadySinceNanos = clock.monotonicNanos();
      offsetMicros = offset();
    }
    return clock.monotonicNanos() - steadySinceNanos < age.toNanos()
        ? 0
        : clock.wallMillis() - age.toMillis();
  }
}
