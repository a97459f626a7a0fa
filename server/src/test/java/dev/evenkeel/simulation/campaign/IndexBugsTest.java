package dev.evenkeel.simulation.campaign;

import dev.evenkeel.telemetry.Telemetry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bugs of global indexes, planted one at a time, are each caught within some runs of a region that
/// has such indexes, under the faults that its seeds draw.
@ExtendWith(Silence.class)
class IndexBugsTest {
  private static final int RUNS_MAX = 100;

  static Stream<PlantedBug> bugs() {
    return Stream.of(
        new PlantedBug(
            "leaves the old entry where an item moves in the index",
            "index/BatchBuilder.java",
            "    if (before != null && !before.equals(after)) {",
            "    if (before != null && after == null) {"),
        new PlantedBug(
            "keeps the entry of an item that leaves the index",
            "index/BatchBuilder.java",
            "    if (before != null && !before.equals(after)) {",
            "    if (before != null && after != null && !before.equals(after)) {"),
        new PlantedBug(
            "does not follow a change that leaves the keys as they are",
            "index/BatchBuilder.java",
            "    if (after != null && !after.equals(before)) {",
            "    if (after != null && (before == null || !after.key().equals(before.key()))) {"),
        new PlantedBug(
            "takes a batch wherever the index is",
            "replica/IndexBatches.java",
            "    if (!IndexPosition.of(item).equals(batch.from())) {",
            "    if (batch.base() < 0) {"),
        new PlantedBug(
            "takes a batch that begins behind where the index is",
            "replica/IndexBatches.java",
            "    if (!IndexPosition.of(item).equals(batch.from())) {",
            "    if (IndexPosition.of(item).upTo().compareTo(batch.from().upTo()) < 0) {"),
        new PlantedBug(
            "takes the same batch twice",
            "replica/IndexBatches.java",
            "    if (!IndexPosition.of(item).equals(batch.from())) {",
            "    if (!IndexPosition.of(item).equals(batch.from())\n"
                + "        && !IndexPosition.of(item).equals(batch.to())) {"),
        new PlantedBug(
            "lets records go before a new leader knows where the index is",
            "index/Propagator.java",
            "      if (done == null) {\n        return null;\n      }",
            "      if (done == null) {\n        continue;\n      }"),
        new PlantedBug(
            "counts an item twice that changes before it is filled",
            "index/BatchBuilder.java",
            "    if (from.covers(key.array())) {",
            "    if (from.covers(key.array()) || key.compareTo(filled) >= 0) {"),
        new PlantedBug(
            "fills with an item as it was before its newest change",
            "index/BatchBuilder.java",
            "      filling.put(key, after);",
            "      filling.put(key, before == null ? after : before);"),
        new PlantedBug(
            "loses the last item of a page",
            "index/Follower.java",
            "      builder.fill(page.items(), end);",
            "      int whole = page.items().size() - (page.last() == null ? 0 : 1);\n"
                + "      builder.fill(page.items().subList(0, whole), end);"),
        new PlantedBug(
            "takes an index for filled as soon as it is known",
            "index/Follower.java",
            "    return known && position.isFilled(base.group());",
            "    return known;"));
  }

  /// Called in the mutant's own classes.
  ///
  /// @return what was found, or empty
  static String verdict(long run) {
    try {
      ZonedScenario.run(ZonedScenario.indexed(run), new Telemetry());
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("bugs")
  @Tag("slow")
  @Tag("mutants")
  void isCaughtWithinSomeRuns(PlantedBug bug) throws Exception {
    BugHunt.requireCaught(bug, IndexBugsTest.class, RUNS_MAX);
  }
}
