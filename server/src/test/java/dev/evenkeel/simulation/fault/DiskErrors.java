package dev.evenkeel.simulation.fault;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.DiskFaults.Operation;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Site;
import java.util.random.RandomGenerator;

/// Reads, writes and syncs fail, once or for a while. A node that lost its log over it is restarted
/// by its operator: the process alone, or with the machine.
public final class DiskErrors implements Fault {
  private static final long UNTIL_RESTART_NANOS_MAX = 200_000_000;

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("disk errors");
    site.strike(
        "disk error",
        meanNanos,
        () -> {
          SimulatedNode<Database> node = site.victim(random);
          if (node.isUp()) {
            Operation[] operations = Operation.values();
            Operation operation = operations[random.nextInt(operations.length)];
            node.disk().faults().failNext(operation);
            site.hit("simulation.failing-" + operation);
            int life = node.lives();
            boolean machine = random.nextBoolean();
            site.simulator()
                .after(
                    random.nextLong(UNTIL_RESTART_NANOS_MAX),
                    "operator restarts",
                    () -> restart(node, life, machine));
          }
        });
  }

  private static void restart(SimulatedNode<?> node, int life, boolean machine) {
    node.disk().faults().forgive();
    if (node.isUp() && node.lives() == life) {
      if (machine) {
        node.crash();
      } else {
        node.kill();
      }
    }
  }
}
