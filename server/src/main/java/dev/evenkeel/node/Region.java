package dev.evenkeel.node;

import dev.evenkeel.cli.Refusal;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.runtime.RealEnvironment;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// What this process has of a region.
interface Region {
  /// Which node is in which zone.
  Zones zones();

  /// Opens the storage nodes of this process; those that were opened before one that fails are
  /// closed again.
  Opened open() throws IOException, Refusal;

  /// What ends the nodes of this process early.
  ///
  /// @param fatal told of the first bug
  /// @param stop told, once, why they must not run: the region does not want the node, or what it
  ///   holds is damaged
  record Ends(Consumer<Throwable> fatal, Consumer<String> stop) {}

  /// The system partition has answered.
  default void ready() {}

  /// The storage nodes, and the environment of the first.
  record Opened(RealEnvironment environment, List<StorageNode> nodes) {}
}
