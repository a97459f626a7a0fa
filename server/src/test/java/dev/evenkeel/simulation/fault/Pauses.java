package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.random.RandomGenerator;

/// A process, or its whole machine, stands still for up to several leases: stopped by a signal, in
/// a long collection of garbage, suspended. Then it goes on with what has come meanwhile, as if
/// nothing had been, but for its clock.
public final class Pauses implements RegionFault {
  private static final int LEASES_MAX = 6;

  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("pauses");
    region.strike(
        "pause",
        meanNanos,
        () -> {
          ZonedNode node = region.any(random);
          if (node.machine().isUp()) {
            node.machine().pause(random.nextLong(LEASES_MAX * ZonedRegion.leaseNanos()));
            region.hit("simulation.paused");
          }
        });
  }
}
