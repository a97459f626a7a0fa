package dev.evenkeel.simulation.campaign;

import dev.evenkeel.simulation.Region;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.fault.BrokenConnections;
import dev.evenkeel.simulation.fault.ClockJumps;
import dev.evenkeel.simulation.fault.ColdStore;
import dev.evenkeel.simulation.fault.CrashLoops;
import dev.evenkeel.simulation.fault.DamagedLog;
import dev.evenkeel.simulation.fault.DiskErrors;
import dev.evenkeel.simulation.fault.Fault;
import dev.evenkeel.simulation.fault.FullDisk;
import dev.evenkeel.simulation.fault.Kills;
import dev.evenkeel.simulation.fault.LostDisk;
import dev.evenkeel.simulation.fault.OneWayCuts;
import dev.evenkeel.simulation.fault.OrderlyRestarts;
import dev.evenkeel.simulation.fault.Pauses;
import dev.evenkeel.simulation.fault.PowerLosses;
import dev.evenkeel.simulation.fault.RegionFault;
import dev.evenkeel.simulation.fault.SlowDisk;
import dev.evenkeel.simulation.fault.SlowNode;
import dev.evenkeel.simulation.fault.Transfers;
import dev.evenkeel.simulation.fault.UnreliableDelivery;
import dev.evenkeel.simulation.fault.ZonePartitions;
import dev.evenkeel.simulation.fault.ZonePowerLosses;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which faults strike a region, of one node or several, and until when.
///
/// @param names of their classes; null where the seed draws
/// @param untilMillis none strikes from this virtual time on
record RegionFaults(@Nullable Set<String> names, long untilMillis) {
  /// Those that the seed draws.
  static final RegionFaults DRAWN = new RegionFaults(null, Long.MAX_VALUE);

  private static final long MILLI = 1_000_000;
  private static final long[] MEANS = {200 * MILLI, 600 * MILLI, 2_000 * MILLI};
  private static final int ONE_IN = 4;

  private static final long[] NODE_MEANS = {20 * MILLI, 60 * MILLI, 300 * MILLI};
  private static final int NODE_ONE_IN = 2;
  private static final int DAMAGE_ONE_IN = 5;

  /// These and no others.
  ///
  /// @param names of their classes, with commas between them; empty for those that the seed draws
  static RegionFaults of(String names) {
    return of(names, Long.MAX_VALUE);
  }

  static RegionFaults of(String names, long untilMillis) {
    if (names.isEmpty()) {
      return new RegionFaults(null, untilMillis);
    }
    Set<String> chosen = new TreeSet<>(Arrays.asList(names.split(",", -1)));
    chosen.remove(Shrinking.NONE);
    return new RegionFaults(chosen, untilMillis);
  }

  static RegionFaults of(Shrinking.Strikes strikes) {
    return of(strikes.names(), strikes.untilMillis());
  }

  boolean areDrawn() {
    return names == null;
  }

  /// Those of a single node.
  ///
  /// @return the names of those that strike
  Set<String> begin(Region region, RandomGenerator random) {
    region.strikesUntil(untilNanos());
    Set<String> begun = new TreeSet<>();
    long mean = NODE_MEANS[random.nextInt(NODE_MEANS.length)];
    begin(ofAnySite(), random, NODE_ONE_IN, fault -> fault.begin(region, mean), begun);
    List<Fault> damage = List.of(new DamagedLog(region));
    begin(damage, random, DAMAGE_ONE_IN, fault -> fault.begin(region, mean), begun);
    return known(begun);
  }

  /// @return the names of those that strike
  Set<String> begin(ZonedRegion region, RandomGenerator random) {
    region.strikesUntil(untilNanos());
    Set<String> begun = new TreeSet<>();
    long mean = MEANS[random.nextInt(MEANS.length)];
    begin(ofAnySite(), random, ONE_IN, fault -> fault.begin(region, mean), begun);
    begin(ofRegions(), random, ONE_IN, fault -> fault.begin(region, mean), begun);
    // Drawn apart: what is drawn from `random` stays as it was before there were these.
    RandomGenerator later = region.simulator().stream("later faults");
    begin(later(), later, ONE_IN, fault -> fault.begin(region, mean), begun);
    return known(begun);
  }

  /// Draws each, and begins those that are chosen.
  private <F> void begin(
      List<F> faults, RandomGenerator random, int oneIn, Consumer<F> begin, Set<String> begun) {
    for (F fault : faults) {
      if (isChosen(fault, random, oneIn)) {
        begin.accept(fault);
        begun.add(name(fault));
      }
    }
  }

  /// @throws IllegalArgumentException where a fault was named that this region does not have
  private Set<String> known(Set<String> begun) {
    if (names != null && !begun.equals(names)) {
      throw new IllegalArgumentException(names + ": of these there are " + begun);
    }
    return begun;
  }

  private long untilNanos() {
    return untilMillis == Long.MAX_VALUE ? untilMillis : untilMillis * MILLI;
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

  /// New ones are put here, at the end.
  private static List<RegionFault> later() {
    return List.of(new ZonePowerLosses(), new Pauses());
  }

  private boolean isChosen(Object fault, RandomGenerator random, int oneIn) {
    boolean drawn = random.nextInt(oneIn) == 0;
    return names == null ? drawn : names.contains(name(fault));
  }

  private static String name(Object fault) {
    return fault.getClass().getSimpleName();
  }

  /// Behind the seed, for `make simulate`.
  String arguments() {
    return (names == null
            ? ""
            : " FAULTS=" + (names.isEmpty() ? Shrinking.NONE : String.join(",", names)))
        + (untilMillis == Long.MAX_VALUE ? "" : " UNTIL=" + untilMillis);
  }
}
