package dev.evenkeel.simulation.invariant;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.replica.ReplicaState;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.storage.Cursor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// At rest every group is whole: three storage replicas which hold the same, byte for byte.
public final class ReplicasAgree {
  private static final int REPLICAS = 3;

  private final ZonedRegion region;

  public ReplicasAgree(ZonedRegion region) {
    this.region = region;
  }

  /// Whether every group that any node knows is whole, led, and applied to the same slot by all.
  public boolean isAtRest() {
    return problem().isEmpty();
  }

  /// Whether every group has three storage replicas that are there and serve, however far each has
  /// come.
  public boolean isWhole() {
    return problem(Long.MAX_VALUE).isEmpty();
  }

  /// What is in the way of [#isAtRest]; empty when nothing is.
  public String problem() {
    return problem(0);
  }

  /// @param lag slots that a replica may be behind
  private String problem(long lag) {
    Map<Long, StorageReplica> leaders = new TreeMap<>();
    Map<Long, Boolean> groups = new TreeMap<>();
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      if (storage == null) {
        return "node " + node.number() + " is down";
      }
      for (StorageReplica replica : storage.replicas()) {
        groups.put(replica.group(), true);
        if (replica.serves()) {
          leaders.put(replica.group(), replica);
        }
      }
    }
    for (long group : groups.keySet()) {
      StorageReplica leader = leaders.get(group);
      String problem = leader == null ? "no leader" : problem(leader, lag);
      if (!problem.isEmpty()) {
        return "group " + group + ": " + problem;
      }
    }
    return "";
  }

  private String problem(StorageReplica leader, long lag) {
    Configuration configuration = leader.configuration();
    if (configuration.members().size() != REPLICAS) {
      return "members " + configuration;
    }
    for (Member member : configuration.members()) {
      StorageReplica replica = find(member.node(), leader.group());
      if (replica == null || member.kind() != Member.Kind.STORAGE) {
        return member + " is no storage replica that is there: " + replica;
      }
      if (!replica.state().isServing()
          || leader.state().appliedSlot() - replica.state().appliedSlot() > lag) {
        return "%s has applied %d of %d, %s"
            .formatted(
                member,
                replica.state().appliedSlot(),
                leader.state().appliedSlot(),
                replica.state().phase());
      }
    }
    return "";
  }

  private @Nullable StorageReplica find(long identity, long group) {
    StorageNode storage = storage(identity);
    return storage == null ? null : storage.replica(group);
  }

  private @Nullable StorageNode storage(long identity) {
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      if (storage != null && storage.self() == identity) {
        return storage;
      }
    }
    return null;
  }

  /// @throws AssertionError when two replicas of a group differ
  public void check() {
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      if (storage == null) {
        continue;
      }
      for (StorageReplica replica : storage.replicas()) {
        if (replica.serves()) {
          for (Member member : replica.configuration().members()) {
            StorageNode other = storage(member.node());
            if (other != null) {
              compare(replica.group(), storage, other);
              compare(replica, other.replica(replica.group()));
            }
          }
        }
      }
    }
  }

  /// What a replica has counted is no part of its items.
  private static void compare(StorageReplica one, @Nullable StorageReplica other) {
    if (other != null && !totals(one.state()).equals(totals(other.state()))) {
      throw new AssertionError(
          "replicas of group %d have counted %s and %s"
              .formatted(one.group(), totals(one.state()), totals(other.state())));
    }
  }

  private static List<ReplicaState.Total> totals(ReplicaState state) {
    return List.of(state.items(), state.entries(1));
  }

  private static void compare(long group, StorageNode one, StorageNode other) {
    StoredKeys.Range all = StoredKeys.everything(group);
    try (Cursor left = one.store().scan(all.from(), all.to(), false);
        Cursor right = other.store().scan(all.from(), all.to(), false)) {
      boolean more = true;
      while (more) {
        more = left.next();
        boolean same = more == right.next();
        if (!same
            || (more
                && !(Arrays.equals(left.key(), right.key())
                    && Arrays.equals(left.value(), right.value())))) {
          throw new AssertionError(
              "replicas of group %d differ between %d and %d"
                  .formatted(group, one.self(), other.self()));
        }
      }
    } catch (IOException e) {
      throw new AssertionError("a healed store cannot be read", e);
    }
  }
}
