package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;
import java.util.random.RandomGenerator;

/// The store has to go to the disk for some items; now and then the disk cannot be read.
public final class ColdStore implements Fault {
  private static final double FAILURE_CHANCE = 0.02;

  @Override
  public void begin(Region region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("cold store");
    region.strike(
        "cold store",
        meanNanos,
        () -> {
          region.node().store().cold(random.nextDouble());
          region.node().store().readFailures(random.nextInt(4) == 0 ? FAILURE_CHANCE : 0);
          region.hit("simulation.cold-store");
        });
  }
}
