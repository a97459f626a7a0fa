package dev.evenkeel.simulation.campaign;

import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.fault.BrokenConnections;
import dev.evenkeel.simulation.fault.ClockJumps;
import dev.evenkeel.simulation.fault.ColdStore;
import dev.evenkeel.simulation.fault.CrashLoops;
import dev.evenkeel.simulation.fault.DiskErrors;
import dev.evenkeel.simulation.fault.Fault;
import dev.evenkeel.simulation.fault.FullDisk;
import dev.evenkeel.simulation.fault.Kills;
import dev.evenkeel.simulation.fault.LostDisk;
import dev.evenkeel.simulation.fault.OneWayCuts;
import dev.evenkeel.simulation.fault.OrderlyRestarts;
import dev.evenkeel.simulation.fault.PowerLosses;
import dev.evenkeel.simulation.fault.RegionFault;
import dev.evenkeel.simulation.fault.SlowDisk;
import dev.evenkeel.simulation.fault.SlowNode;
import dev.evenkeel.simulation.fault.Transfers;
import dev.evenkeel.simulation.fault.UnreliableDelivery;
import dev.evenkeel.simulation.fault.ZonePartitions;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which faults a seed composes.
final class RegionFaults {
  private static final long MILLI = 1_000_000;
  private static final long[] MEANS = {200 * MILLI, 600 * MILLI, 2_000 * MILLI};

  private RegionFaults() {}

  static void begin(ZonedRegion region, RandomGenerator random) {
    long mean = MEANS[random.nextInt(MEANS.length)];
    for (Fault fault :
        List.of(
            new PowerLosses(),
            new CrashLoops(),
            new Kills(),
            new OrderlyRestarts(),
            new DiskErrors(),
            new FullDisk(),
            new SlowDisk(),
            new ColdStore(),
            new ClockJumps())) {
      if (chosen(fault, random)) {
        fault.begin(region, mean);
      }
    }
    for (RegionFault fault :
        List.of(
            new BrokenConnections(),
            new UnreliableDelivery(),
            new OneWayCuts(),
            new ZonePartitions(),
            new SlowNode(),
            new Transfers(),
            new LostDisk())) {
      if (chosen(fault, random)) {
        fault.begin(region, mean);
      }
    }
  }

  private static boolean chosen(Object fault, RandomGenerator random) {
    String only = System.getProperty("simulation.only");
    boolean drawn = random.nextInt(4) == 0;
    return only == null ? drawn : only.contains(fault.getClass().getSimpleName());
  }
}
