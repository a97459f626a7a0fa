package dev.evenkeel.simulation.invariant;

import dev.evenkeel.node.Database;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.Region;
import java.util.Map;
import java.util.TreeMap;

/// What a replica has applied it has for ever: its applied slot never goes back, not even over a
/// crash, since only what is durable is applied.
public final class AppliedStateStays implements Invariant {
  private final Region region;
  private final long[] groups;
  private final Map<Long, Long> applied = new TreeMap<>();

  /// @param groups which replicas to watch
  public AppliedStateStays(Region region, long... groups) {
    this.region = region;
    this.groups = groups.clone();
  }

  @Override
  public void check() {
    // What a damaged last batch held looks as if it had never been finished.
    Database database = region.isOver() ? null : region.node().service();
    if (database == null) {
      return;
    }
    for (long group : groups) {
      StorageReplica replica = database.storage().replica(group);
      if (replica != null) {
        long slot = replica.state().appliedSlot();
        long before = applied.getOrDefault(group, 0L);
        if (slot < before) {
          throw new AssertionError(
              "group " + group + " had applied slot " + before + " and has now " + slot);
        }
        applied.put(group, slot);
      }
    }
  }
}
