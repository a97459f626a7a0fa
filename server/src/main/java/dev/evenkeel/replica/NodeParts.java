package dev.evenkeel.replica;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.paxos.Disks;
import dev.evenkeel.paxos.Options;
import dev.evenkeel.paxos.Support;
import dev.evenkeel.rpc.Messenger;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.wal.Log;
import java.io.IOException;

/// What the replicas of a node share.
record NodeParts(
    Environment environment,
    ItemStore store,
    Log log,
    Messenger<NodeMessage> messenger,
    Support support,
    WallClocks clocks,
    Options protocol,
    Probes probes,
    Watch watch) {

  /// Who looks after replicas.
  interface Watch {
    /// Ticks the replica until it is not busy any more.
    void busy(StorageReplica replica);

    /// Another node said how it is: what it had of this one's support may have ended.
    void heard();

    /// The replica's leader, configuration or state is another.
    void changed(StorageReplica replica);

    /// The replica leads, or its configuration changed: others are told.
    void leads(StorageReplica replica);

    /// Change records were applied, or a replica that may have some leads: who follows them looks.
    void recorded(StorageReplica replica);

    /// The store refuses what the replica applies, or takes it again.
    void stalled(StorageReplica replica, boolean isStalled);

    /// Whether that is so for any replica.
    boolean isStalled();

    /// The log holds something that does not verify.
    void damaged(IOException damage);
  }

  /// Asks other nodes for support, and says how this one is.
  NodeMessage.Beat beat() {
    Clock clock = environment.clock();
    return new NodeMessage.Beat(
        support.heartbeat(clock.monotonicNanos()),
        clock.wallMicros(),
        new Disks.State(!log.hasRoom(), watch.isStalled()));
  }

  long self() {
    return messenger.self();
  }

  void watch(StorageReplica replica) {
    watch.busy(replica);
  }

  void announce(StorageReplica replica) {
    watch.leads(replica);
  }
}
