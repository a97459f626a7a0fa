package dev.evenkeel.simulation.invariant;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.Map;
import java.util.WeakHashMap;

/// What a replica answers eventual reads from never goes back while its process lives: who reads
/// twice at the same replica sees nothing undone.
public final class ReplicasGoForward implements Invariant {
  private final ZonedRegion region;

  /// A replica is of one life → the newest slot that it showed.
  private final Map<StorageReplica, Long> shown = new WeakHashMap<>();

  public ReplicasGoForward(ZonedRegion region) {
    this.region = region;
  }

  @Override
  public void check() {
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      if (storage != null) {
        storage.replicas().forEach(replica -> check(node, replica));
      }
    }
  }

  private void check(ZonedNode node, StorageReplica replica) {
    if (!replica.state().isServing()) {
      return;
    }
    long slot = replica.state().appliedSlot();
    Long before = shown.put(replica, slot);
    if (before != null && slot < before) {
      throw new AssertionError(
          "node %d showed group %d as of slot %d, and then as of %d"
              .formatted(node.number(), replica.group(), before, slot));
    }
  }
}
