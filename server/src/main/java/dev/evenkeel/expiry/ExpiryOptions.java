package dev.evenkeel.expiry;

import dev.evenkeel.environment.Clock;
import java.time.Duration;

/// How eagerly a node looks after expiry.
///
/// @param look between two looks at its partitions
/// @param deletionsPerSecondMax over all partitions of the node
/// @param fillsPerSecondMax items looked at, over all partitions of the node
public record ExpiryOptions(Duration look, int deletionsPerSecondMax, int fillsPerSecondMax) {
  public static final ExpiryOptions DEFAULT =
      new ExpiryOptions(Duration.ofMillis(500), 1_000, 20_000);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /// When a change that is asked for now is given up, by the monotonic clock.
  static long deadline(Clock clock) {
    return clock.monotonicNanos() + ANSWER_WITHIN.toNanos();
  }

  /// How long to rest after so many steps of which a second has at most `perSecondMax`.
  static Duration rest(int steps, int perSecondMax) {
    return Duration.ofNanos(Math.ceilDiv(steps * 1_000_000_000L, perSecondMax));
  }
}
