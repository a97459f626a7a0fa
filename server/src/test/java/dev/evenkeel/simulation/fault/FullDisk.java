package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;
import java.util.random.RandomGenerator;

/// The disk fills up, for the log, the store or both, and is emptied after a while.
public final class FullDisk implements Fault {
  private static final long FULL_NANOS_MAX = 2_000_000_000;
  private static final int ROOM_BYTES_MAX = 1 << 20;

  @Override
  public void begin(Region region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("full disk");
    region.strike(
        "disk full",
        4 * meanNanos,
        () -> {
          region.hit("simulation.disk-full");
          if (random.nextBoolean()) {
            region.node().disk().fillUpTo(random.nextInt(ROOM_BYTES_MAX));
          }
          region.node().store().full(random.nextBoolean());
          region
              .simulator()
              .after(
                  random.nextLong(FULL_NANOS_MAX),
                  "room again",
                  () -> {
                    region.node().disk().faults().capacityBytes(Long.MAX_VALUE);
                    region.node().store().full(false);
                  });
        });
  }
}
