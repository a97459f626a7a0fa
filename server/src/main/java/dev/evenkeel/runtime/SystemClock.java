package dev.evenkeel.runtime;

import dev.evenkeel.environment.Clock;
import java.time.Instant;

/// The machine's clocks. The monotonic one goes on while the machine is suspended, where there is
/// such a clock: leases and deadlines pass meanwhile as they do for everybody else. Threads and
/// timers are woken by another, which stands still; nothing may compare the two.
final class SystemClock implements Clock {
  private static final boolean COUNTS_SUSPENSION = BootClock.isThere();

  @Override
  public long monotonicNanos() {
    return COUNTS_SUSPENSION ? BootClock.nanos() : System.nanoTime();
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
