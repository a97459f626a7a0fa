package dev.evenkeel.paxos.world;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  private Campaign() {}

  /// Runs seeds from that one on.
  ///
  /// @return the rare events that occurred
  /// @throws AssertionError for the first seed that fails
  static Set<String> run(long first, int seeds) {
    Set<String> events = new TreeSet<>();
    for (long seed = first; seed < first + seeds; seed++) {
      World world = new World(seed, EnumSet.allOf(FaultKind.class));
      Throwable cause = verdict(world);
      if (cause != null) {
        throw new AssertionError(report(seed), cause);
      }
      events.addAll(world.coverage);
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

  /// Leaves out one kind of fault after the other, for as long as the seed fails.
  private static String report(long seed) {
    Set<FaultKind> needed = EnumSet.allOf(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      Set<FaultKind> fewer = EnumSet.copyOf(needed);
      fewer.remove(kind);
      if (verdict(new World(seed, fewer)) != null) {
        needed = fewer;
      }
    }
    return "seed %d; repeat with: make simulate SEED=%d; fails with no other faults than %s"
        .formatted(seed, seed, needed);
  }
}
