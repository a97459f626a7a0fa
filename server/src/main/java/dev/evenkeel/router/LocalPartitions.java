package dev.evenkeel.router;

import dev.evenkeel.model.Table;
import dev.evenkeel.replica.ReplicaState;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import org.jspecify.annotations.Nullable;

/// The partitions of a region that has one node: all of them are here.
public final class LocalPartitions implements PartitionMap, TableStatistics {
  private final StorageNode node;

  public LocalPartitions(StorageNode node) {
    this.node = node;
  }

  @Override
  public @Nullable StorageReplica leader(long table) {
    return node.replica(table);
  }

  @Override
  public Size items(Table table) {
    StorageReplica leader = leader(table.id());
    if (leader == null) {
      return Size.NONE;
    }
    ReplicaState state = leader.state();
    return new Size(state.items().count(), state.items().bytes());
  }

  @Override
  public Size entries(Table table, int index) {
    StorageReplica leader = leader(table.id());
    if (leader == null) {
      return Size.NONE;
    }
    ReplicaState.Total total = leader.state().entries(index);
    return new Size(total.count(), total.bytes());
  }
}
