package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// Somebody sets the wall clock, by up to a day either way.
public final class ClockJumps implements Fault {
  private static final long DAY_MICROS = 86_400_000_000L;

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("clock jumps");
    site.strike(
        "clock jump",
        meanNanos,
        () -> {
          site.victim(random).jumpClock(random.nextLong(-DAY_MICROS, DAY_MICROS));
          site.hit("simulation.clock-jumped");
        });
  }
}
