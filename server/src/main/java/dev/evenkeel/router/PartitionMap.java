package dev.evenkeel.router;

import dev.evenkeel.replica.StorageReplica;
import org.jspecify.annotations.Nullable;

/// Which replica leads which partition. A table has one partition today, whose group bears the
/// table's id; the map will learn of ranges when partitions split.
public interface PartitionMap {
  /// The leader of the table's partition, or null while it is not open.
  @Nullable StorageReplica leader(long table);
}
