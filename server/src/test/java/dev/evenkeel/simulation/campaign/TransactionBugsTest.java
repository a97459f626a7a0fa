package dev.evenkeel.simulation.campaign;

import dev.evenkeel.telemetry.Telemetry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bugs of transactions, planted one at a time, are each caught within some seeds.
@ExtendWith(Silence.class)
class TransactionBugsTest {
  private static final int SEEDS_MAX = 60;

  static Stream<PlantedBug> bugs() {
    return Stream.of(
        new PlantedBug(
            "applies a transaction in one of its groups only",
            "transaction/Settlement.java",
            "entry.transaction().id(), true, entry.commitMicros())",
            "entry.transaction().id(), entry.groups().getFirst() == group, entry.commitMicros())"),
        new PlantedBug(
            "does not see what changed between two looks",
            "replica/RecentChanges.java",
            "return slot >= floor && slots[place(key)] <= slot;",
            "return slot >= floor || slots[place(key)] <= slot;"),
        new PlantedBug(
            "lets a token have its effect again",
            "transaction/Ledger.java",
            "attribute_not_exists(k) OR s = :canceled",
            "attribute_not_exists(k) OR attribute_exists(k) OR s = :canceled"),
        new PlantedBug(
            "forgets locks when another leads",
            "replica/Writes.java",
            "      locks = replica.applier().locks().copy();",
            "      locks = new Locks();"),
        new PlantedBug(
            "commits at recovery what is canceled",
            "transaction/Recovery.java",
            "boolean commits = state == State.COMMITTED || state == State.DONE;",
            "boolean commits = state != State.BEGUN;"));
  }

  /// Called in the mutant's own classes.
  ///
  /// @return what was found, or empty
  static String verdict(long seed) {
    try {
      TransactionScenario.run(seed, new Telemetry());
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("bugs")
  @Tag("slow")
  @Tag("mutants")
  void isCaughtWithinSomeSeeds(PlantedBug bug) throws Exception {
    BugHunt.requireCaught(bug, TransactionBugsTest.class, SEEDS_MAX);
  }
}
