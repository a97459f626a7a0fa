package dev.evenkeel.simulation;

import dev.evenkeel.environment.Clock;
import java.util.random.RandomGenerator;

/// A machine's clocks: the monotonic one starts anywhere and runs a little fast or slow, the wall
/// clock can be set to anything.
public final class SimulatedClock implements Clock {
  private static final long WALL_MICROS_AT_START = 1_767_225_600_000_000L;

  /// Parts per million, either way: the bound that safety rests on is 5 %.
  private static final int DRIFT_PPM_MAX = 50_000;

  private final Simulator simulator;
  private final long originNanos;
  private final long driftPpm;
  private long wallOffsetMicros;

  SimulatedClock(Simulator simulator, RandomGenerator random) {
    this.simulator = simulator;
    this.originNanos = random.nextLong(Long.MAX_VALUE / 2);
    this.driftPpm = random.nextInt(-DRIFT_PPM_MAX, DRIFT_PPM_MAX + 1);
  }

  @Override
  public long monotonicNanos() {
    return originNanos + local(simulator.nowNanos());
  }

  @Override
  public long wallMicros() {
    return WALL_MICROS_AT_START + local(simulator.nowNanos()) / 1_000 + wallOffsetMicros;
  }

  /// Moves the wall clock, forwards or backwards.
  public void jump(long micros) {
    wallOffsetMicros += micros;
  }

  private long local(long nanos) {
    return nanos + nanos / 1_000_000 * driftPpm;
  }
}
