package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.DiskFaults.Operation;
import dev.evenkeel.simulation.Region;
import dev.evenkeel.simulation.SimulatedNode;
import java.util.random.RandomGenerator;

/// Reads, writes and syncs fail, once or for a while. A node that lost its log over it is restarted
/// by its operator: the process alone, or with the machine.
public final class DiskErrors implements Fault {
  private static final long UNTIL_RESTART_NANOS_MAX = 200_000_000;

  @Override
  public void begin(Region region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("disk errors");
    region.strike(
        "disk error",
        meanNanos,
        () -> {
          if (region.node().isUp()) {
            Operation[] operations = Operation.values();
            Operation operation = operations[random.nextInt(operations.length)];
            region.node().disk().faults().failNext(operation);
            region.hit("simulation.failing-" + operation);
            int life = region.node().lives();
            boolean machine = random.nextBoolean();
            region
                .simulator()
                .after(
                    random.nextLong(UNTIL_RESTART_NANOS_MAX),
                    "operator restarts",
                    () -> restart(region, life, machine));
          }
        });
  }

  private static void restart(Region region, int life, boolean machine) {
    SimulatedNode<?> node = region.node();
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
