package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;
import java.util.random.RandomGenerator;

/// Syncs take hundreds of milliseconds for a while.
public final class SlowDisk implements Fault {
  private static final long SLOW_NANOS_MAX = 1_000_000_000;

  @Override
  public void begin(Region region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("slow disk");
    region.strike(
        "slow disk",
        4 * meanNanos,
        () -> {
          region.node().slow(true);
          region.hit("simulation.slow-disk");
          region
              .simulator()
              .after(
                  random.nextLong(SLOW_NANOS_MAX), "fast again", () -> region.node().slow(false));
        });
  }
}
