package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import java.util.random.RandomGenerator;

/// A node loses its disk for good and comes back with an empty one, as another incarnation. Only
/// while every group is whole: of a group's three places one may be lost until it is healed.
public final class LostDisk implements RegionFault {
  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("lost disk");
    ReplicasAgree agreement = new ReplicasAgree(region);
    region.strike(
        "disk lost",
        meanNanos,
        () -> {
          if (agreement.isWhole()) {
            region.any(random).loseDisk();
            region.hit("simulation.disk-lost");
          }
        });
  }
}
