package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.ZonedRegion;
import java.util.random.RandomGenerator;

/// Whatever comes to a node or leaves it takes long for a while: alive, and of little use.
public final class SlowNode implements RegionFault {
  private static final long SLOW_NANOS_MAX = 1_500_000_000;
  private static final long DELAY_NANOS_MAX = 300_000_000;

  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("slow node");
    region.strike(
        "node slow",
        3 * meanNanos,
        () -> {
          int node = region.any(random).number();
          region.network().slow(node, 1 + random.nextLong(DELAY_NANOS_MAX));
          region.hit("simulation.slow-node");
          region
              .simulator()
              .after(
                  random.nextLong(SLOW_NANOS_MAX),
                  "node fast",
                  () -> region.network().slow(node, 0));
        });
  }
}
