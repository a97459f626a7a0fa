package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.ZonedRegion;
import java.util.random.RandomGenerator;

/// Frames vanish, come twice and out of order, on every wire, as no TCP connection has it: the
/// protocol does not depend on connections.
public final class UnreliableDelivery implements RegionFault {
  private static final double CHANCE_MAX = 0.1;

  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("unreliable delivery");
    double loss = random.nextDouble(CHANCE_MAX);
    double duplicates = random.nextDouble(CHANCE_MAX);
    double reordered = random.nextDouble(CHANCE_MAX);
    region.network().everyWire(wire -> wire.unreliable(loss, duplicates, reordered));
    region.hit("simulation.unreliable-delivery");
  }
}
