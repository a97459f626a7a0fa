package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Wire;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.random.RandomGenerator;

/// One node hears nothing of another for a while, which still hears the first.
public final class OneWayCuts implements RegionFault {
  private static final long CUT_NANOS_MAX = 1_500_000_000;

  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("one-way cuts");
    region.strike(
        "cut one way",
        2 * meanNanos,
        () -> {
          Wire wire =
              region.network().wire(region.any(random).number(), region.any(random).number());
          wire.cut(true);
          region.hit("simulation.cut-one-way");
          region
              .simulator()
              .after(random.nextLong(CUT_NANOS_MAX), "joined again", () -> wire.cut(false));
        });
  }
}
