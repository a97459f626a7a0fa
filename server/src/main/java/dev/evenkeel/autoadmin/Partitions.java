package dev.evenkeel.autoadmin;

import dev.evenkeel.model.Table;
import java.io.IOException;

/// The partitions of tables on the storage nodes. Both methods block, and do nothing when what they
/// are asked for is already so.
public interface Partitions {
  /// Makes the table's partition ready for requests.
  void create(Table table) throws IOException, InterruptedException;

  /// Ends the table's partition and deletes all that it holds.
  void drop(Table table) throws IOException;
}
