package dev.evenkeel.simulation.fault;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// The store has to go to the disk for some items; now and then the disk cannot be read.
public final class ColdStore implements Fault {
  private static final double FAILURE_CHANCE = 0.02;

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("cold store");
    site.strike(
        "cold store",
        meanNanos,
        () -> {
          SimulatedNode<Database> node = site.victim(random);
          node.store().cold(random.nextDouble());
          node.store().readFailures(random.nextInt(4) == 0 ? FAILURE_CHANCE : 0);
          site.hit("simulation.cold-store");
        });
  }
}
