package dev.evenkeel.paxos.world;

import dev.evenkeel.simulation.campaign.Pace;
import dev.evenkeel.simulation.campaign.Shrinking;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs seeds, and says of one that fails how to repeat it and which faults it needs.
final class Campaign {
  /// What must have happened in a few hundred seeds, else they test too little.
  static final List<String> RARE_EVENTS =
      List.of(
          "paxos.candidacy-cancelled-by-hearsay",
          "paxos.candidate-lags-behind-a-log",
          "paxos.leadership-transferred",
          "paxos.stalled-leader-resigned",
          "world.disk-lost",
          "world.reconfigured",
          "world.wiped");

  private static final long MILLI = 1_000_000;

  private Campaign() {}

  /// Runs seeds from that one on.
  ///
  /// @return the rare events that occurred
  /// @throws AssertionError for the first seed that fails
  static Set<String> run(long first, int seeds) {
    return run(first, seeds, EnumSet.allOf(FaultKind.class), Long.MAX_VALUE, new Pace());
  }

  /// @param faults kinds that may be drawn
  /// @param untilMillis nothing goes wrong from this time on
  /// @param pace told how long each run took in the simulation
  static Set<String> run(
      long first, int seeds, Set<FaultKind> faults, long untilMillis, Pace pace) {
    Set<String> events = new TreeSet<>();
    for (long seed = first; seed < first + seeds; seed++) {
      World world = new World(seed, faults, nanos(untilMillis));
      Throwable cause = verdict(world);
      if (cause != null) {
        long failedAt = world.timeline.now() / MILLI + 1;
        Shrinking.Strikes failing =
            new Shrinking.Strikes(names(faults), Math.min(failedAt, untilMillis));
        throw new AssertionError(report(seed, failing, Campaign::fails), cause);
      }
      events.addAll(world.coverage);
      pace.add(world.timeline.now());
    }
    return events;
  }

  static @Nullable Throwable verdict(World world) {
    try {
      world.run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }

  private static boolean fails(World world) {
    return verdict(world) != null;
  }

  /// The least with which the seed fails.
  static String report(long seed, Shrinking.Strikes failing, Predicate<World> fails) {
    Shrinking.Strikes least =
        Shrinking.least(
            failing,
            strikes ->
                fails.test(new World(seed, kinds(strikes.names()), nanos(strikes.untilMillis()))));
    return "seed %d; repeat with: make simulate PROTOCOL_SEED=%d %s"
        .formatted(seed, seed, least.arguments());
  }

  private static long nanos(long millis) {
    return millis == Long.MAX_VALUE ? millis : millis * MILLI;
  }

  private static Set<String> names(Set<FaultKind> kinds) {
    return kinds.stream().map(FaultKind::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /// @param names with commas between them; empty for all
  static Set<FaultKind> kinds(String names) {
    if (names.isEmpty()) {
      return EnumSet.allOf(FaultKind.class);
    }
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (String name : names.split(",", -1)) {
      if (!name.equals(Shrinking.NONE)) {
        kinds.add(FaultKind.valueOf(name));
      }
    }
    return kinds;
  }
}
