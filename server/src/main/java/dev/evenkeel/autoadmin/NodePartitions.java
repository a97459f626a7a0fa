package dev.evenkeel.autoadmin;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.Table;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.WriteOutcome;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// Partitions on the one node that there is: a table's partition bears the table's number.
public final class NodePartitions implements Partitions {
  private final StorageNode node;

  public NodePartitions(StorageNode node) {
    this.node = node;
  }

  @Override
  public void create(Table table) throws IOException {
    node.openReplica(table.id());
  }

  @Override
  public void drop(Table table) throws IOException {
    StorageReplica replica = node.openReplica(table.id());
    CompletableFuture<WriteOutcome> emptied = new CompletableFuture<>();
    replica.deleteRange(StoredKeys.everything(table.id()), emptied::complete);
    if (!(emptied.join() instanceof WriteOutcome.Applied)) {
      throw new IOException("the partition could not be emptied: " + emptied.join());
    }
    node.dropReplica(table.id());
  }
}
