package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;

/// The process is killed; what it wrote stays in the machine's page cache.
public final class Kills implements Fault {
  @Override
  public void begin(Region region, long meanNanos) {
    region.strike(
        "kill",
        meanNanos,
        () -> {
          if (region.node().isUp()) {
            region.node().kill();
            region.hit("simulation.killed");
          }
        });
  }
}
