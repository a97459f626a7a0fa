package dev.evenkeel.simulation.fault;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// Syncs take hundreds of milliseconds for a while.
public final class SlowDisk implements Fault {
  private static final long SLOW_NANOS_MAX = 1_000_000_000;

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("slow disk");
    site.strike(
        "slow disk",
        4 * meanNanos,
        () -> {
          SimulatedNode<Database> node = site.victim(random);
          node.slow(true);
          site.hit("simulation.slow-disk");
          site.simulator()
              .after(random.nextLong(SLOW_NANOS_MAX), "fast again", () -> node.slow(false));
        });
  }
}
