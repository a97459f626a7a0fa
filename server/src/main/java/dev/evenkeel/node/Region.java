package dev.evenkeel.node;

import dev.evenkeel.cli.Refusal;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.runtime.RealEnvironment;
import java.io.IOException;
import java.util.List;

/// What this process has of a region.
interface Region {
  /// Which node is in which zone.
  Zones zones();

  /// Opens the storage nodes of this process; those that were opened before one that fails are
  /// closed again.
  Opened open() throws IOException, Refusal;

  /// The system partition has answered.
  default void ready() {}

  /// The storage nodes, and the environment of the first.
  record Opened(RealEnvironment environment, List<StorageNode> nodes) {}
}
