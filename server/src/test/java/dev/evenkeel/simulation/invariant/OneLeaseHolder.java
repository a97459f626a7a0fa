package dev.evenkeel.simulation.invariant;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;

/// At any moment at most one replica of a group takes itself for the one that answers alone.
public final class OneLeaseHolder implements Invariant {
  private final ZonedRegion region;

  public OneLeaseHolder(ZonedRegion region) {
    this.region = region;
  }

  @Override
  public void check() {
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      if (storage != null) {
        for (StorageReplica replica : storage.replicas()) {
          if (replica.serves()) {
            requireAlone(node, replica.group());
          }
        }
      }
    }
  }

  private void requireAlone(ZonedNode holder, long group) {
    for (ZonedNode other : region.nodes()) {
      if (other.number() > holder.number()) {
        StorageNode storage = other.storage();
        StorageReplica replica = storage == null ? null : storage.replica(group);
        if (replica != null && replica.serves()) {
          throw new AssertionError(
              "group %d has two lease holders: nodes %d and %d"
                  .formatted(group, holder.number(), other.number()));
        }
      }
    }
  }
}
