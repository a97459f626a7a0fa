package dev.evenkeel.environment;

/// Time. Safety rests on the monotonic clock only; the wall clock may jump in either direction.
public interface Clock {
  /// Nanoseconds since an arbitrary origin; never goes back, and counts the time in which the
  /// machine was suspended where it can: then it has gone far ahead between two calls. Differences
  /// only, and only with itself: timers and the JVM's own clock may have stood still meanwhile.
  long monotonicNanos();

  /// Microseconds since 1970-01-01T00:00:00Z, as the machine believes; may jump.
  long wallMicros();

  /// Milliseconds since 1970-01-01T00:00:00Z, as the machine believes; may jump.
  default long wallMillis() {
    return Math.floorDiv(wallMicros(), 1_000L);
  }
}
