package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.ZonedRegion;
import java.util.random.RandomGenerator;

/// A zone is cut off from the others for a while.
public final class ZonePartitions implements RegionFault {
  private static final long CUT_NANOS_MAX = 2_000_000_000;

  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("zone partitions");
    region.strike(
        "zone cut off",
        3 * meanNanos,
        () -> {
          String zone = region.zones().zones().getOrDefault(region.any(random).number(), "");
          region.network().cutZone(zone, true);
          region.hit("simulation.zone-cut-off");
          region
              .simulator()
              .after(
                  random.nextLong(CUT_NANOS_MAX),
                  "zone back",
                  () -> region.network().cutZone(zone, false));
        });
  }
}
