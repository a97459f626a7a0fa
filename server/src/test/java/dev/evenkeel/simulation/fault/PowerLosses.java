package dev.evenkeel.simulation.fault;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Site;
import java.util.List;
import java.util.random.RandomGenerator;

/// The machine loses power: between two events, or at a certain operation of the disk.
public final class PowerLosses implements Fault {
  private static final List<CrashLoss> LOSSES =
      List.of(CrashLoss.EVERYTHING, CrashLoss.ARBITRARY, CrashLoss.ARBITRARY, CrashLoss.NOTHING);
  private static final int OPERATIONS_MAX = 40;

  @Override
  public void begin(Site site, long meanNanos) {
    RandomGenerator random = site.simulator().stream("power losses");
    site.strike(
        "power loss",
        meanNanos,
        () -> {
          SimulatedNode<Database> node = site.victim(random);
          if (node.isUp()) {
            node.loss(LOSSES.get(random.nextInt(LOSSES.size())));
            if (random.nextBoolean()) {
              node.crash();
            } else {
              node.disk().faults().powerLossAtOperation(1 + random.nextInt(OPERATIONS_MAX));
            }
            site.hit("simulation.power-lost");
          }
        });
  }
}
