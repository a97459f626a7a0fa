package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.Region;
import java.util.List;
import java.util.random.RandomGenerator;

/// The machine loses power: between two events, or at a certain operation of the disk.
public final class PowerLosses implements Fault {
  private static final List<CrashLoss> LOSSES =
      List.of(CrashLoss.EVERYTHING, CrashLoss.ARBITRARY, CrashLoss.ARBITRARY, CrashLoss.NOTHING);
  private static final int OPERATIONS_MAX = 40;

  @Override
  public void begin(Region region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("power losses");
    region.strike(
        "power loss",
        meanNanos,
        () -> {
          if (region.node().isUp()) {
            region.node().loss(LOSSES.get(random.nextInt(LOSSES.size())));
            if (random.nextBoolean()) {
              region.node().crash();
            } else {
              region
                  .node()
                  .disk()
                  .faults()
                  .powerLossAtOperation(1 + random.nextInt(OPERATIONS_MAX));
            }
            region.hit("simulation.power-lost");
          }
        });
  }
}
