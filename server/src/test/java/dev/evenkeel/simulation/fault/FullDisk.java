package dev.evenkeel.simulation.fault;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// The disk fills up, for the log, the store or both, and is emptied after a while.
public final class FullDisk implements Fault {
  private static final long FULL_NANOS_MAX = 2_000_000_000;
  private static final int ROOM_BYTES_MAX = 1 << 20;

  /// Shares of the store's writes that are refused: on a disk that is nearly full some find room,
  /// and whatever a node does for its store is broken off somewhere in the middle.
  private static final double[] REFUSALS = {0, 0.5, 1};

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("full disk");
    site.strike(
        "disk full",
        4 * meanNanos,
        () -> {
          SimulatedNode<Database> node = site.victim(random);
          site.hit("simulation.disk-full");
          if (random.nextBoolean()) {
            node.disk().fillUpTo(random.nextInt(ROOM_BYTES_MAX));
          }
          node.store().refuses(REFUSALS[random.nextInt(REFUSALS.length)]);
          site.simulator()
              .after(
                  random.nextLong(FULL_NANOS_MAX),
                  "room again",
                  () -> {
                    node.disk().faults().capacityBytes(Long.MAX_VALUE);
                    node.store().refuses(0);
                  });
        });
  }
}
