package dev.evenkeel.router;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.WriteOutcome;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Leads each request to the replica that leads the partition of its key. Any thread.
public final class RequestRouter {
  private final PartitionMap partitions;

  public RequestRouter(PartitionMap partitions) {
    this.partitions = partitions;
  }

  /// @param done called exactly once, on any thread
  public void write(ItemWrite write, Consumer<WriteOutcome> done) {
    StorageReplica leader = partitions.leader(write.table().id());
    if (leader == null) {
      done.accept(new WriteOutcome.Unavailable("the table's partition is not open"));
    } else {
      leader.write(write, done);
    }
  }

  /// Reads one item. Both kinds of read go to the leader while a group has one replica.
  ///
  /// @param done called exactly once, on the calling thread when the item is in memory
  public void read(
      TableSchema table,
      AttributeValue partition,
      @Nullable AttributeValue sort,
      Consumer<ReadOutcome> done) {
    StorageReplica leader = partitions.leader(table.id());
    if (leader == null) {
      done.accept(new ReadOutcome.Failed("the table's partition is not open"));
    } else {
      leader.read(StoredKeys.item(table.id(), partition, sort), done);
    }
  }

  /// Reads a page; blocks, so call it from a virtual thread.
  ///
  /// @throws ApiException an InternalServerError, when the partition cannot be read
  public Page page(TableSchema table, PageRead read) {
    StorageReplica leader = partitions.leader(table.id());
    if (leader == null) {
      throw ApiException.internal("the table's partition is not open");
    }
    try {
      return leader.read(read);
    } catch (IOException e) {
      throw ApiException.internal("the partition cannot be read: " + e.getMessage());
    }
  }
}
