package dev.evenkeel.router;

import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.rpc.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A region whose only replica, of whatever group is asked for, is in this process.
public record OnlyReplica(Supplier<StorageReplica> replica) implements Replicas {
  @Override
  public StorageReplica leaderHere(long group) {
    return replica.get();
  }

  @Override
  public List<Long> nodes(long group, boolean consistent) {
    return List.of();
  }

  @Override
  public @Nullable StorageReplica here(long node, long group) {
    return null;
  }

  @Override
  public void ask(
      long node, NodeMessage request, Duration deadline, Consumer<CallOutcome<NodeMessage>> done) {
    throw new AssertionError("there is no other node");
  }
}
