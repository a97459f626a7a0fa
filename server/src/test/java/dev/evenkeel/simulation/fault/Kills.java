package dev.evenkeel.simulation.fault;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// The process is killed; what it wrote stays in the machine's page cache.
public final class Kills implements Fault {
  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("kills");
    site.strike(
        "kill",
        meanNanos,
        () -> {
          SimulatedNode<Database> node = site.victim(random);
          if (node.isUp()) {
            node.kill();
            site.hit("simulation.killed");
          }
        });
  }
}
