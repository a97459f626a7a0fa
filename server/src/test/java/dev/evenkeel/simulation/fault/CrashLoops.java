package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;
import java.util.random.RandomGenerator;

/// The machine loses power again while the node recovers, at any operation of its disk.
public final class CrashLoops implements Fault {
  private static final int OPERATIONS_MAX = 40;

  private boolean looping;

  @Override
  public void begin(Region region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("crash loops");
    region.strike("crash loop", meanNanos, () -> looping = true);
    region.beforeStart(() -> {
      if (looping) {
        region.node().disk().faults().powerLossAtOperation(1 + random.nextInt(OPERATIONS_MAX));
        looping = random.nextInt(4) > 0;
        region.hit("simulation.power-lost-during-start");
      }
    });
  }
}
