package dev.evenkeel.router;

import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.rpc.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where a group's replicas are, in this process or on other nodes, and how they are asked. Any
/// thread.
public interface Replicas {
  /// The replica in this process that answers for the group at this moment, or null.
  @Nullable StorageReplica leaderHere(long group);

  /// The nodes to ask for the group, the likeliest first: who leads it, or (for an eventual read)
  /// who is nearest.
  List<Long> nodes(long group, boolean consistent);

  /// The replica of the group on that node, if the node is in this process.
  @Nullable StorageReplica here(long node, long group);

  /// Asks another node.
  void ask(
      long node, NodeMessage request, Duration deadline, Consumer<CallOutcome<NodeMessage>> done);
}
