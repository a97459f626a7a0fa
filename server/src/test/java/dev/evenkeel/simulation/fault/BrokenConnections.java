package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.ZonedRegion;
import java.util.random.RandomGenerator;

/// The connections between two nodes break, with what is under way.
public final class BrokenConnections implements RegionFault {
  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("broken connections");
    region.strike(
        "connections break",
        meanNanos,
        () -> {
          int one = region.any(random).number();
          int two = region.any(random).number();
          region.network().breakConnections(one, two);
          region.hit("simulation.connections-broken");
        });
  }
}
