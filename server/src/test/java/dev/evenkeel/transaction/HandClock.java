package dev.evenkeel.transaction;

import dev.evenkeel.environment.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A clock that is moved by hand.
final class HandClock implements Clock {
  private long nanos = 7_000_000_000L;
  private long wallMicros = 1_700_000_000_000_000L;

  void pass(Duration time) {
    nanos += time.toNanos();
    jump(time);
  }

  /// The wall clock only.
  void jump(Duration by) {
    wallMicros += TimeUnit.NANOSECONDS.toMicros(by.toNanos());
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  @Override
  public long wallMicros() {
    return wallMicros;
  }
}
