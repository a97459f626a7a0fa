package dev.evenkeel.simulation.invariant;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;

/// At rest no partition has a lock or a mark of a transaction any more.
public final class TransactionsEnd {
  /// A look may cost the replica an event.
  private static final long LOOK_NANOS = 5_000_000;

  private final ZonedRegion region;
  private long nextLook;

  public TransactionsEnd(ZonedRegion region) {
    this.region = region;
  }

  /// Whether every partition is led and has nothing left, as seen at a look every few milliseconds.
  ///
  /// @param groups that have to be led
  public boolean isSettled(long... groups) {
    if (region.simulator().nowNanos() < nextLook) {
      return false;
    }
    nextLook = region.simulator().nowNanos() + LOOK_NANOS;
    for (long group : groups) {
      if (region.leader(group) == null) {
        return false;
      }
    }
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      if (storage == null || !storage.replicas().stream().allMatch(TransactionsEnd::hasNothing)) {
        return false;
      }
    }
    return true;
  }

  /// A replica that has something left may take its time to say what.
  private static boolean hasNothing(StorageReplica replica) {
    boolean[] nothing = {!replica.serves()};
    if (replica.serves()) {
      replica.unsettled(Long.MAX_VALUE, left -> nothing[0] = left.isEmpty());
    }
    return nothing[0];
  }
}
