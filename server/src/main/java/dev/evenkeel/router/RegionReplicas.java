package dev.evenkeel.router;

import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.ReplicaState;
import dev.evenkeel.replica.Routes;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.rpc.CallOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The replicas of a region, as the storage nodes of this process know them. A partition's group
/// bears its table's number.
public final class RegionReplicas implements Replicas, TableStatistics {
  /// The nearest first.
  private final List<StorageNode> nodes;

  /// Who was last seen to lead in this process; checked at each use.
  private final Map<Long, StorageReplica> leaders = new ConcurrentHashMap<>();

  /// @param nodes the storage nodes in this process, the nearest first; at least one
  public RegionReplicas(List<StorageNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  @Override
  public @Nullable StorageReplica leaderHere(long group) {
    StorageReplica known = leaders.get(group);
    if (known != null && known.serves()) {
      return known;
    }
    for (StorageNode node : nodes) {
      StorageReplica replica = node.replica(group);
      if (replica != null && replica.serves()) {
        leaders.put(group, replica);
        return replica;
      }
    }
    return null;
  }

  @Override
  public List<Long> nodes(long group, boolean consistent) {
    Set<Long> order = new LinkedHashSet<>();
    if (!consistent) {
      for (StorageNode node : nodes) {
        if (isMember(node, group)) {
          order.add(node.self());
        }
      }
    }
    for (StorageNode node : nodes) {
      StorageReplica replica = node.replica(group);
      if (replica != null && replica.leader() != 0) {
        order.add(replica.leader());
      }
    }
    List<Long> members = new ArrayList<>();
    for (StorageNode node : nodes) {
      Routes.Route route = node.routes().find(group);
      if (route != null) {
        order.add(route.leader());
        route.configuration().members().stream().map(Member::node).forEach(members::add);
      }
      if (isMember(node, group)) {
        members.add(node.self());
      }
    }
    order.addAll(members);
    nodes.getFirst().messenger().connected().forEach(order::add);
    return List.copyOf(order);
  }

  /// Whether that node has a replica which, as far as the node knows, the group still counts among
  /// its storage replicas. One that it does without holds what was true when it left.
  private static boolean isMember(StorageNode node, long group) {
    StorageReplica replica = node.replica(group);
    if (replica == null) {
      return false;
    }
    Configuration known = replica.configuration();
    Routes.Route route = node.routes().find(group);
    if (route != null && route.configuration().generation() > known.generation()) {
      known = route.configuration();
    }
    return known.isStorage(node.self());
  }

  @Override
  public @Nullable StorageReplica here(long node, long group) {
    for (StorageNode each : nodes) {
      if (each.self() == node) {
        return each.replica(group);
      }
    }
    return null;
  }

  @Override
  public void ask(
      long node, NodeMessage request, Duration deadline, Consumer<CallOutcome<NodeMessage>> done) {
    StorageNode here = nodes.getFirst();
    if (here.hears(node)) {
      here.messenger().call(node, request, deadline, done);
    } else {
      // It would only be waited for: what is silent for a lease may be dead, though connected.
      done.accept(new CallOutcome.Failed<>(CallOutcome.Reason.NOT_SENT));
    }
  }

  @Override
  public Size items(Table table) {
    return items(table.id());
  }

  @Override
  public Size entries(TableIndex index) {
    return items(index.id());
  }

  private Size items(long group) {
    ReplicaState state = state(group);
    return state == null ? Size.NONE : new Size(state.items().count(), state.items().bytes());
  }

  @Override
  public Size entries(Table table, int index) {
    ReplicaState state = state(table.id());
    if (state == null) {
      return Size.NONE;
    }
    ReplicaState.Total total = state.entries(index);
    return new Size(total.count(), total.bytes());
  }

  private @Nullable ReplicaState state(long group) {
    StorageReplica leader = leaderHere(group);
    if (leader != null) {
      return leader.state();
    }
    for (StorageNode node : nodes) {
      StorageReplica replica = node.replica(group);
      if (replica != null && replica.state().isServing()) {
        return replica.state();
      }
    }
    return null;
  }
}
