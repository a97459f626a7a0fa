package dev.evenkeel.simulation.campaign;

import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogFormatTest;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation can fail: bugs that people have written before, planted one at a time, are each
/// caught within a few seeds.
@ExtendWith(Silence.class)
class PlantedBugsTest {
  private static final int SEEDS_MAX = 400;
  private static final Set<String> QUICK =
      Set.of(
          "acknowledges before the sync has ended",
          "applies before the log is durable",
          "evaluates on applied state, without what is in flight",
          "skips the newest entry at recovery");

  /// Those that show within the first few seeds.
  static Stream<PlantedBug> quickBugs() {
    return bugs().filter(bug -> QUICK.contains(bug.name()));
  }

  static Stream<PlantedBug> bugs() {
    return Stream.of(
        new PlantedBug(
            "acknowledges before the sync has ended",
            "wal/GroupCommit.java",
            "segment.file().sync(failed -> synced(segment, failed));",
            "segment.file().sync(failed -> {}); synced(segment, null);"),
        new PlantedBug(
            "believes a failed sync",
            "wal/GroupCommit.java",
            "    syncing = false;\n    if (failed != null) {",
            "    syncing = false;\n    if (failed != null && options == null) {"),
        new PlantedBug(
            "takes rot for a torn tail",
            "wal/Recovery.java",
            "if (ordinal > end.batches()) {",
            "if (ordinal < 0) {"),
        new PlantedBug(
            "trusts a record without its checksum",
            "wal/SegmentReader.java",
            "return segment.records().verifies(window, at, position);",
            "return at >= 0;"),
        new PlantedBug(
            "serves what may be in the page cache only",
            "wal/Log.java",
            "      repair(recovered, tail);",
            "      commit.begin(null);\n      if (tail.end() < 0) {\n        throw new IOException();\n      }"),
        new PlantedBug(
            "does not make renamed segments durable",
            "wal/SegmentFolder.java",
            "    disk.syncFolder(folder);\n",
            ""),
        new PlantedBug(
            "releases the log before the store is flushed",
            "replica/Checkpoints.java",
            "      store.flush();",
            "      store.gauges();\n      if (closed) {\n        throw new IOException();\n      }"),
        new PlantedBug(
            "applies before the log is durable",
            "paxos/Leader.java",
            "      return me.acceptor.contiguousDurable();",
            "      return me.log.last();"),
        new PlantedBug(
            "forgets which slot it applied",
            "replica/Applier.java",
            "      }\n      batch.put(stateKey, next.encode());",
            "      }\n      batch.changes();"),
        new PlantedBug(
            "evaluates on applied state, without what is in flight",
            "replica/NewestState.java",
            "    if (newest != null) {",
            "    if (newest != null && newest.value == null) {"),
        new PlantedBug(
            "answers a failed condition before what it saw is durable",
            "replica/Writes.java",
            "    if (dependsOn != null) {",
            "    if (dependsOn != null && dependsOn.slot < 0) {"),
        new PlantedBug(
            "reports an unknown outcome as a failure",
            "replica/Writes.java",
            "new WriteOutcome.Unknown(reason)",
            "new WriteOutcome.Unavailable(reason)"),
        new PlantedBug(
            "skips the newest entry at recovery",
            "replica/Recovery.java",
            "    if (entry.slot() > group.chosen) {",
            "    if (entry.slot() > group.chosen + 1) {"));
  }

  /// What a checksum leaves out: bytes of another life or place look right by their marks and
  /// numbers too, but once in 65,536 times, which no seed waits for.
  static Stream<PlantedBug> bugsOfChecksums() {
    return Stream.of(
        new PlantedBug(
            "leaves the segment's salt out of a record's checksum",
            "wal/RecordFormat.java",
            "    prefix.putLong(0, segment.salt());\n",
            ""),
        new PlantedBug(
            "leaves a record's place out of its checksum",
            "wal/RecordFormat.java",
            "prefix.putLong(8, position).putInt(16, length);",
            "prefix.putInt(16, length);"),
        new PlantedBug(
            "leaves the group out of a record's checksum",
            "wal/RecordFormat.java",
            "    crc.update(buffer.slice(at + BATCH_AT, HEADER_BYTES - BATCH_AT + length));",
            "    crc.update(buffer.slice(at + BATCH_AT, GROUP_AT - BATCH_AT));\n"
                + "    crc.update(buffer.slice(at + BALLOT_AT, HEADER_BYTES - BALLOT_AT + length));"),
        new PlantedBug(
            "leaves the slot out of a record's checksum",
            "wal/RecordFormat.java",
            "    crc.update(buffer.slice(at + BATCH_AT, HEADER_BYTES - BATCH_AT + length));",
            "    crc.update(buffer.slice(at + BATCH_AT, SLOT_AT - BATCH_AT));\n"
                + "    crc.update(buffer.slice(at + KIND_AT, HEADER_BYTES - KIND_AT + length));"));
  }

  /// Called in the mutant's own classes.
  ///
  /// @return what was found, or empty
  static String verdict(long seed) {
    try {
      Scenario.run(seed, new Telemetry());
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

  @ParameterizedTest
  @MethodSource("bugsOfChecksums")
  @Tag("slow")
  @Tag("mutants")
  void isCaughtByWhatARecordIs(PlantedBug bug) throws Exception {
    BugHunt.requireCaughtByTests(bug, LogFormatTest.class);
  }

  private static void isCaught(PlantedBug bug) throws Exception {
    BugHunt.requireCaught(bug, PlantedBugsTest.class, SEEDS_MAX);
  }
}
