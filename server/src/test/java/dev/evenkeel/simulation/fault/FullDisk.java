package dev.evenkeel.simulation.fault;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Site;
import java.util.List;
import java.util.random.RandomGenerator;

/// The disk fills up, for the log, the store or both, and is emptied after a while. Sometimes it
/// carries all nodes.
public final class FullDisk implements Fault {
  private static final long FULL_NANOS_MAX = 5_000_000_000L;
  private static final int ROOM_BYTES_MAX = 1 << 20;

  /// Shares of the store's writes that are refused: on a disk that is nearly full some find room,
  /// and whatever a node does for its store is broken off somewhere in the middle.
  private static final double[] REFUSALS = {0, 0.5, 1};

  /// One strike in so many hits all nodes.
  private static final int SHARED = 4;

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("full disk");
    site.strike(
        "disk full",
        4 * meanNanos,
        () -> {
          boolean isShared = random.nextInt(SHARED) == 0;
          List<SimulatedNode<Database>> struck =
              isShared ? site.machines() : List.of(site.victim(random));
          site.hit(isShared ? "simulation.shared-disk-full" : "simulation.disk-full");
          struck.forEach(node -> fill(node, random));
          site.simulator()
              .after(
                  random.nextLong(FULL_NANOS_MAX),
                  "room again",
                  () -> struck.forEach(FullDisk::empty));
        });
  }

  private static void fill(SimulatedNode<Database> node, RandomGenerator random) {
    if (random.nextBoolean()) {
      node.disk().fillUpTo(random.nextInt(ROOM_BYTES_MAX));
    }
    node.store().refuses(REFUSALS[random.nextInt(REFUSALS.length)]);
  }

  private static void empty(SimulatedNode<Database> node) {
    node.disk().faults().capacityBytes(Long.MAX_VALUE);
    node.store().refuses(0);
  }
}
