package dev.evenkeel.autoadmin;

import dev.evenkeel.model.PartitionSchema;
import java.io.IOException;

/// The partitions of tables and of global indexes on the storage nodes. All methods block, and do
/// nothing when what they are asked for is already so.
public interface Partitions {
  /// Makes a partition ready for requests.
  ///
  /// @param group number of the table or the index, and of the partition's group
  void create(long group) throws IOException, InterruptedException;

  /// Ends a partition and deletes all that it holds.
  void drop(long group) throws IOException;

  /// Tells a partition what to do with changes of its items from here on.
  void configure(long group, PartitionSchema schema) throws IOException;
}
