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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Which faults strike a region.
final class RegionFaults {
  /// Those that the seed draws.
  static final RegionFaults DRAWN = new RegionFaults(Set.of());

  private static final long MILLI = 1_000_000;
  private static final long[] MEANS = {200 * MILLI, 600 * MILLI, 2_000 * MILLI};

  /// Names of classes; none where the seed draws.
  private final Set<String> names;

  private RegionFaults(Set<String> names) {
    this.names = names;
  }

  /// These and no others.
  ///
  /// @param names of their classes, with commas between them; empty for those that the seed draws
  static RegionFaults of(String names) {
    if (names.isEmpty()) {
      return DRAWN;
    }
    Set<String> chosen = new TreeSet<>(Arrays.asList(names.split(",", -1)));
    Set<String> known = new TreeSet<>();
    ofAnySite().forEach(fault -> known.add(name(fault)));
    ofRegions().forEach(fault -> known.add(name(fault)));
    if (!known.containsAll(chosen)) {
      throw new IllegalArgumentException(names + " are not among the faults " + known);
    }
    return new RegionFaults(chosen);
  }

  boolean areDrawn() {
    return names.isEmpty();
  }

  void begin(ZonedRegion region, RandomGenerator random) {
    long mean = MEANS[random.nextInt(MEANS.length)];
    for (Fault fault : ofAnySite()) {
      if (isChosen(fault, random)) {
        fault.begin(region, mean);
      }
    }
    for (RegionFault fault : ofRegions()) {
      if (isChosen(fault, random)) {
        fault.begin(region, mean);
      }
    }
  }

  private static List<Fault> ofAnySite() {
    return List.of(
        new PowerLosses(),
        new CrashLoops(),
        new Kills(),
        new OrderlyRestarts(),
        new DiskErrors(),
        new FullDisk(),
        new SlowDisk(),
        new ColdStore(),
        new ClockJumps());
  }

  private static List<RegionFault> ofRegions() {
    return List.of(
        new BrokenConnections(),
        new UnreliableDelivery(),
        new OneWayCuts(),
        new ZonePartitions(),
        new SlowNode(),
        new Transfers(),
        new LostDisk());
  }

  private boolean isChosen(Object fault, RandomGenerator random) {
    boolean drawn = random.nextInt(4) == 0;
    return areDrawn() ? drawn : names.contains(name(fault));
  }

  private static String name(Object fault) {
    return fault.getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return String.join(",", names);
  }
}
