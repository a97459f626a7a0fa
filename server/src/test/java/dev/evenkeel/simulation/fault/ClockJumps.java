package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;
import java.util.random.RandomGenerator;

/// Somebody sets the wall clock, by up to a day either way.
public final class ClockJumps implements Fault {
  private static final long DAY_MICROS = 86_400_000_000L;

  @Override
  public void begin(Region region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("clock jumps");
    region.strike(
        "clock jump",
        meanNanos,
        () -> {
          region.node().jumpClock(random.nextLong(-DAY_MICROS, DAY_MICROS));
          region.hit("simulation.clock-jumped");
        });
  }
}
