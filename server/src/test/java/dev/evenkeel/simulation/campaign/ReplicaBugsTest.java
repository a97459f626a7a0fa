package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.DroppedReplicaTest;
import dev.evenkeel.replica.StoreProgressTest;
import dev.evenkeel.telemetry.Telemetry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bugs of replicas, planted one at a time, are each caught by the simulation of a region within
/// some seeds, under the faults that they are bugs about.
@ExtendWith(Silence.class)
class ReplicaBugsTest {
  /// A history that is made need not show its bug with every seed.
  private static final int HISTORIES = 12;

  private static final int SEEDS_MAX = 60;

  /// @param faults under which it shows
  record Hunted(PlantedBug bug, String faults) {
    @Override
    public String toString() {
      return bug + " (" + faults + ")";
    }
  }

  static Stream<Hunted> bugs() {
    return Stream.of(
        hunted(
            "LostDisk",
            "acknowledges a write when its own log has it",
            "replica/StorageReplica.java",
            "        participant.durable(sequence - foreignAppends, now);",
            "        participant.durable(sequence - foreignAppends, now);\n"
                + "        newest.inSlotOrder().forEach(Proposal::applied);"),
        hunted(
            "ZonePartitions,Kills",
            "applies at recovery what is accepted and not chosen",
            "replica/Recovery.java",
            "while (!group.entries.isEmpty() && isAlone(state, self)) {",
            "while (!group.entries.isEmpty() && (isAlone(state, self) || state.isServing())) {"),
        // The invariant of one lease holder asks what this bug changes, and finds it so; of the bug
        // behind it only what is read tells.
        hunted(
            "ZonePartitions",
            "serves while its lease does not hold any more",
            "replica/StorageReplica.java",
            "            && lease.holds(environment.clock().monotonicNanos())\n        ? lease",
            "        ? lease"),
        hunted(
            "ZonePartitions",
            "takes its office for a lease when it reads",
            "replica/StorageReplica.java",
            "Consumer<ReadOutcome> done) {\n    Lease lease = consistent ? lease() : null;\n"
                + "    if (consistent ? lease == null : !state().isServing()) {",
            "Consumer<ReadOutcome> done) {\n    Lease lease = null;\n"
                + "    if (consistent ? !participant.leads() : !state().isServing()) {"),
        hunted(
            "ZonePartitions",
            "answers a consistent read at any replica",
            "replica/StorageReplica.java",
            "Consumer<ReadOutcome> done) {\n    Lease lease = consistent ? lease() : null;\n"
                + "    if (consistent ? lease == null : !state().isServing()) {",
            "Consumer<ReadOutcome> done) {\n    Lease lease = null;\n"
                + "    if (!state().isServing()) {"),
        hunted(
            "ColdStore",
            "keeps items that it has read, and hears of no write",
            "replica/StorageReplica.java",
            """
                switch (store.lookup(key)) {
                  case Lookup.Found found ->
                      done.accept(checked(new ReadOutcome.Item(BinaryItem.wrap(found.value())), lease));
            """,
            """
                record Kept() {
                  static final java.util.Map<String, BinaryItem> ITEMS =
                      new java.util.concurrent.ConcurrentHashMap<>();
                }
                switch (store.lookup(key)) {
                  case Lookup.Found found ->
                      done.accept(
                          checked(
                              new ReadOutcome.Item(
                                  lease != null
                                      ? BinaryItem.wrap(found.value())
                                      : Kept.ITEMS.computeIfAbsent(
                                          node.self() + java.util.Arrays.toString(key),
                                          _ -> BinaryItem.wrap(found.value()))),
                              lease));
            """),
        hunted(
            "ZonePartitions,Kills",
            "answers a failed condition before what it saw is chosen",
            "replica/Writes.java",
            "    if (dependsOn != null) {",
            "    if (dependsOn != null && dependsOn.slot < 0) {"),
        hunted(
            "DiskErrors",
            "takes what a log that failed leaves open for not done",
            "replica/Applier.java",
            "    all.forEach(proposal -> proposal.lost(reason));",
            "    all.forEach(proposal -> proposal.displaced());"),
        hunted(
            "BrokenConnections,Kills",
            "asks again for a write that may have been heard",
            "router/RequestRouter.java",
            "    public boolean isRepeatable() {\n      return false;",
            "    public boolean isRepeatable() {\n      return true;"),
        hunted(
            "PowerLosses",
            "releases the log before the store is flushed",
            "replica/Checkpoints.java",
            "      store.flush();",
            "      store.gauges();\n      if (closed) {\n        throw new IOException();\n      }"),
        hunted(
            "LostDisk",
            "comes back with an empty disk under its old identity",
            "replica/NodeFile.java",
            "NodeIdentity.of(number, drawn) :",
            "NodeIdentity.of(number, Math.min(drawn, 1)) :"),
        hunted(
            "LostDisk",
            "takes a snapshot for as new as its last piece",
            "replica/Restore.java",
            ": state.restoring(state.appliedSlot(), state.totals(),",
            ": state.restoring(Math.max(state.appliedSlot(), piece.applied()), state.totals(),"),
        hunted(
            "LostDisk",
            "takes a damaged piece of a snapshot",
            "replica/Restore.java",
            "return Snapshots.checksum(piece.pairs()) == piece.checksum();",
            "return piece.problem().isEmpty();"),
        hunted(
            "LostDisk",
            "begins the next piece of a snapshot one key late",
            "replica/Snapshots.java",
            "          next = cursor.key();",
            "          next = StoredKeys.successor(cursor.key());"),
        hunted(
            "LostDisk",
            "forgets at a restore which leader's commands count",
            "replica/Restore.java",
            "new ReplicaState.Order(totals.getLong(), totals.getLong()),",
            "ReplicaState.Order.NONE,"),
        hunted(
            "LostDisk",
            "counts from nothing after a restore",
            "replica/Restore.java",
            "                Growth.decode(totals),",
            "                Growth.decode(totals).plus(Growth.decode(totals.rewind()).negated()),"),
        hunted(
            "LostDisk",
            "heals a group by one member more, for ever",
            "replica/Healing.java",
            "configuration.replacing(failed.node(), log)",
            "configuration.with(log)"),
        hunted(
            "OrderlyRestarts",
            "applies by the clock of its own node",
            "replica/Command.java",
            "ChangeRecord.encode(commitMicros, before,",
            "ChangeRecord.encode(System.nanoTime() / 1_000, before,"));
  }

  private static Hunted hunted(
      String faults, String name, String file, String right, String wrong) {
    return new Hunted(new PlantedBug(name, file, right, wrong), faults);
  }

  /// Called in the mutant's own classes.
  ///
  /// @return what was found, or empty
  static String verdict(long seed, String faults) {
    try {
      ZonedScenario.run(seed, RegionFaults.of(faults), new Telemetry());
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  static Stream<String> faults() {
    return bugs().map(Hunted::faults).distinct();
  }

  /// What is found is found because of the bug.
  @ParameterizedTest
  @MethodSource("faults")
  @Tag("slow")
  @Tag("mutants")
  void nothingIsFoundWithoutABug(String faults) {
    assertThat(verdict(1, faults)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  @Tag("slow")
  @Tag("mutants")
  void isCaughtWithinSomeSeeds(Hunted hunted) throws Exception {
    BugHunt.requireCaught(hunted.bug, ReplicaBugsTest.class, 1, SEEDS_MAX, hunted.faults);
  }

  /// @param test makes the one history in which it shows; no draw of faults does so often enough
  record Met(PlantedBug bug, Class<?> test) {
    @Override
    public String toString() {
      return bug + " (" + test.getSimpleName() + ")";
    }
  }

  static Stream<Met> bugsOfOneHistory() {
    return Stream.of(
        new Met(
            new PlantedBug(
                "shows what is left of it when it begins anew",
                "replica/ReplicaState.java",
                "        Phase.RESTORING,\n        0,\n        Growth.NONE,",
                "        Phase.SERVING,\n        0,\n        Growth.NONE,"),
            LaggingReplicaTest.class),
        new Met(
            new PlantedBug(
                "lays a snapshot over what was there",
                "replica/Restore.java",
                "      if (first) {\n        StoredKeys.Range all",
                "      if (first && at.ended()) {\n        StoredKeys.Range all"),
            LaggingReplicaTest.class),
        new Met(
            new PlantedBug(
                "applies again what the store has taken",
                "replica/Restore.java",
                "        replica.applier().takeChosen();",
                "        replica.applier().hasUnsettled();"),
            LaggingReplicaTest.class),
        new Met(
            new PlantedBug(
                "saves what was applied before its turn",
                "replica/StoreProgress.java",
                """
                    replica
                        .serial()
                        .execute(() -> {
                          ReplicaState state = replica.state();
                """,
                """
                    ReplicaState state = replica.state();
                    replica
                        .serial()
                        .execute(() -> {
                """),
            StoreProgressTest.class),
        new Met(
            new PlantedBug(
                "says nothing of the ballot of a replica that is gone",
                "replica/NodeReceiver.java",
                "message instanceof Message.Hears(var ballot) && ballot.node() == parts.self()",
                "message instanceof Message.Hears(var ballot) && ballot.node() == 0"),
            FormerMemberTest.class),
        new Met(
            new PlantedBug(
                "forgets what a replica promised that is removed",
                "replica/StorageNode.java",
                "replica.state().withPromise(promised).removed()",
                "replica.state().removed()"),
            DroppedReplicaTest.class));
  }

  @ParameterizedTest
  @MethodSource("bugsOfOneHistory")
  @Tag("slow")
  @Tag("mutants")
  void isCaughtWhereItShows(Met met) throws Exception {
    BugHunt.requireCaught(met.bug, met.test, HISTORIES);
  }

  /// Each shows in what some test says besides.
  static Stream<Met> bugsOfOneFact() {
    return Stream.of(
        // What such a read answers was right when it began, so no history tells.
        new Met(
            new PlantedBug(
                "does not look at its lease again after a read",
                "replica/StorageReplica.java",
                "    return holds(lease) ? outcome : new ReadOutcome.NotLeader(hint());",
                "    return outcome;"),
            LeaseReadTest.class),
        new Met(
            new PlantedBug(
                "a leader with a full disk gives way to nobody",
                "paxos/Participant.java",
                "waited && role instanceof Leader && canOthersLead(now)",
                "waited && role instanceof Leader"),
            FullDisksTest.class),
        new Met(
            new PlantedBug(
                "sends a snapshot as fast as it can",
                "replica/Restore.java",
                "          pace(piece.pairs().length);\n",
                ""),
            SnapshotTest.class));
  }

  @ParameterizedTest
  @MethodSource("bugsOfOneFact")
  @Tag("slow")
  @Tag("mutants")
  void isCaughtByATest(Met met) throws Exception {
    BugHunt.requireCaughtByTests(met.bug, met.test);
  }
}
