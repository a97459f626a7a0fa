package dev.evenkeel.simulation.campaign;

import dev.evenkeel.telemetry.Telemetry;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation of a region of several nodes can fail: bugs in what is derived from changes, one
/// at a time, are each caught within a few seeds. See [PlantedBugsTest].
@ExtendWith(Silence.class)
class DerivedDataBugsTest {
  private static final int SEEDS_MAX = 30;
  private static final Set<String> QUICK = Set.of("a record is read twice");

  /// One that shows within the first few seeds.
  static Stream<PlantedBug> quickBugs() {
    return bugs().filter(bug -> QUICK.contains(bug.name()));
  }

  static Stream<PlantedBug> bugs() {
    return Stream.of(
        new PlantedBug(
            "a new leader does not know what its partition records",
            "replica/Writes.java",
            "      schema = replica.schema();\n",
            "      schema = PartitionSchema.NONE;\n"),
        new PlantedBug(
            "a record is read twice",
            "replica/ChangeRecords.java",
            "byte[] from = StoredKeys.successor(key(group, position));",
            "byte[] from = key(group, position);"),
        new PlantedBug(
            "a reader goes on behind what its page left out",
            "stream/StreamReader.java",
            "page.records().isEmpty() ? iterator.after() : page.records().getLast().position();",
            "page.records().isEmpty() ? iterator.after() : ChangePosition.endOf(page.applied());"),
        new PlantedBug(
            "a deletion of what has expired has no record",
            "replica/Draft.java",
            "boolean byService = write.change() instanceof ItemWrite.Change.Expire;\n      add(",
            "boolean byService = write.change() instanceof ItemWrite.Change.Expire;\n      if (!byService) add("),
        new PlantedBug(
            "expiry deletes a renewed item",
            "replica/Draft.java",
            "&& !ItemExpiry.isDue(before, newest.schema.expiryAttribute(), now);",
            "&& before == null && now > 0;"));
  }

  /// Called in the mutant's own classes.
  ///
  /// @return what was found, or empty
  static String verdict(long seed) {
    try {
      ZonedScenario.run(seed, new Telemetry());
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("quickBugs")
  void isCaughtAtOnce(PlantedBug bug) throws Exception {
    isCaught(bug);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  @Tag("slow")
  @Tag("mutants")
  void isCaughtWithinSomeSeeds(PlantedBug bug) throws Exception {
    isCaught(bug);
  }

  private static void isCaught(PlantedBug bug) throws Exception {
    BugHunt.requireCaught(bug, DerivedDataBugsTest.class, SEEDS_MAX);
  }
}
