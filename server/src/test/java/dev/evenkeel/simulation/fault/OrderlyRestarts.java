package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// A node is stopped as an operator stops it, and started again.
public final class OrderlyRestarts implements Fault {
  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("orderly restarts");
    site.strike("orderly restart", meanNanos, () -> site.restartInOrder(site.victim(random)));
  }
}
