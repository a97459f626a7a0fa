package dev.evenkeel.simulation.campaign;

import java.util.List;
import java.util.stream.Stream;

/// What has to have happened at least once in a campaign before its success means anything.
final class Coverage {
  /// Faults that struck, and what clients saw of them.
  private static final List<String> OF_THE_SIMULATION =
      List.of(
          "simulation.clock-jumped",
          "simulation.closed-in-order",
          "simulation.cold-store",
          "simulation.condition-failed",
          "simulation.damaged-log-refused",
          "simulation.disk-full",
          "simulation.failing-NAMES",
          "simulation.failing-READ",
          "simulation.failing-SYNC",
          "simulation.failing-SYNC_FOLDER",
          "simulation.failing-WRITE",
          "simulation.killed",
          "simulation.old-record-damaged",
          "simulation.power-lost",
          "simulation.power-lost-during-start",
          "simulation.slow-disk",
          "simulation.start-refused-for-a-fault",
          "simulation.table-came-and-went",
          "simulation.walk-completed");

  /// Named events of the database's own code.
  private static final List<String> OF_THE_DATABASE =
      List.of(
          "wal.batch-of-several-groups",
          "wal.disk-full",
          "wal.disk-room-again",
          "wal.failed",
          "wal.segment-created",
          "wal.segment-freed",
          "wal.segment-reused",
          "wal.torn-tail-truncated");

  /// What a campaign with a region of several nodes has to have seen.
  private static final List<String> OF_THE_REGION =
      List.of(
          "expiry.item-deleted",
          "expiry.item-renewed",
          "index.batch-refused",
          "paxos.leadership-transferred",
          "replica.handed-over",
          "replica.log-replica-in-place",
          "replica.restored",
          "replica.storage-replica-back",
          "replica.support-lapsed",
          "rpc.connection-lost",
          "simulation.clock-jumped",
          "simulation.closed-in-order",
          "simulation.cold-store",
          "simulation.condition-failed",
          "simulation.connections-broken",
          "simulation.cut-one-way",
          "simulation.disk-full",
          "simulation.disk-lost",
          "simulation.failing-NAMES",
          "simulation.failing-READ",
          "simulation.failing-SYNC",
          "simulation.failing-SYNC_FOLDER",
          "simulation.failing-WRITE",
          "simulation.followed-a-change",
          "simulation.followed-an-expiry",
          "simulation.index-added",
          "simulation.indexes-compared",
          "simulation.killed",
          "simulation.looked-again",
          "simulation.paused",
          "simulation.piece-damaged",
          "simulation.power-lost",
          "simulation.power-lost-during-start",
          "simulation.region-lost-power",
          "simulation.slow-disk",
          "simulation.slow-node",
          "simulation.start-refused-for-a-fault",
          "simulation.transfer-asked-for",
          "simulation.unreliable-delivery",
          "simulation.walk-completed",
          "simulation.zone-cut-off",
          "simulation.zone-lost-power",
          "wal.disk-full",
          "wal.failed");

  private Coverage() {}

  static List<String> ofTheRegion() {
    return OF_THE_REGION;
  }

  static List<String> events() {
    return Stream.concat(OF_THE_SIMULATION.stream(), OF_THE_DATABASE.stream()).toList();
  }
}
