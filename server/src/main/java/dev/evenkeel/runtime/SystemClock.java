package dev.evenkeel.runtime;

import dev.evenkeel.environment.Clock;
import java.time.Instant;

/// The machine's clocks.
final class SystemClock implements Clock {
  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000L;
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }
}
