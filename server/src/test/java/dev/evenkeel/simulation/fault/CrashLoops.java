package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// The machine loses power again while the node recovers, at any operation of its disk.
public final class CrashLoops implements Fault {
  private static final int OPERATIONS_MAX = 40;

  private boolean looping;

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("crash loops");
    site.strike("crash loop", meanNanos, () -> looping = true);
    site.beforeStart(node -> {
      if (looping) {
        node.disk().faults().powerLossAtOperation(1 + random.nextInt(OPERATIONS_MAX));
        looping = random.nextInt(4) > 0;
        site.hit("simulation.power-lost-during-start");
      }
    });
  }
}
