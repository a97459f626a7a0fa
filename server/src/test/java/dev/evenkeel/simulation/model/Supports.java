package dev.evenkeel.simulation.model;

import dev.evenkeel.simulation.model.AbstractAction.HoldLease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Support between nodes, in epochs, and what stands on it: the leaders' leases.
final class Supports {
  private final Map<Pair, Grant> grants = new HashMap<>();

  /// Node → whom it supports: asked far more often than changed.
  private final Map<Long, List<Long>> standing = new HashMap<>();

  /// Ballot and node → the epoch under which the node took that ballot last.
  private final Map<Taken, Long> stamps = new HashMap<>();

  /// Leader → its lease.
  private final Map<Long, Held> leases = new HashMap<>();

  /// Restarted nodes that have not waited out what they may have promised.
  private final Set<Long> waiting = new HashSet<>();

  /// Support that stood when a node's former lives ended → its epochs. It binds until the node has
  /// waited it out.
  private final Map<Pair, Set<Long>> former = new HashMap<>();

  /// Node → the newest ballot of its own that it gave up in a transfer.
  private final Map<Long, AbstractBallot> released = new HashMap<>();

  private record Pair(long node, long to) {}

  private record Taken(AbstractBallot ballot, long node) {}

  private record Grant(long epoch, boolean stands) {
    static final Grant NONE = new Grant(0, false);
  }

  /// @param counted the nodes whose support it counts
  private record Held(AbstractBallot ballot, Set<Long> counted) {}

  private Grant grant(long node, long to) {
    return grants.getOrDefault(new Pair(node, to), Grant.NONE);
  }

  boolean stands(long node, long to) {
    return standing(node).contains(to);
  }

  /// Whom that node supports.
  List<Long> standing(long node) {
    return standing.getOrDefault(node, List.of());
  }

  /// The epoch in which a node supports another, or did last; 0 if it never has.
  long epoch(long node, long to) {
    return grant(node, to).epoch();
  }

  void grant(long node, long to, long epoch) {
    grants.put(new Pair(node, to), new Grant(epoch, true));
    if (!stands(node, to)) {
      List<Long> more = new ArrayList<>(standing(node));
      more.add(to);
      standing.put(node, List.copyOf(more));
    }
  }

  void lapse(long node, long to) {
    grants.put(new Pair(node, to), new Grant(epoch(node, to), false));
    standing.put(node, standing(node).stream().filter(each -> each != to).toList());
  }

  void restart(long node) {
    waiting.add(node);
    standing.remove(node);
    grants.replaceAll((pair, grant) -> {
      if (pair.node() != node || !grant.stands()) {
        return grant;
      }
      former.computeIfAbsent(pair, _ -> new HashSet<>()).add(grant.epoch());
      return new Grant(grant.epoch(), false);
    });
  }

  void waitedOut(long node) {
    waiting.remove(node);
    former.keySet().removeIf(pair -> pair.node() == node);
  }

  boolean isWaiting(long node) {
    return waiting.contains(node);
  }

  /// Whether some lease stands on what that node granted in a former life.
  boolean isFormerCounted(long node) {
    return leases.values().stream()
        .anyMatch(held -> held.counted().contains(node) && isFormer(held.ballot(), node));
  }

  private boolean isFormer(AbstractBallot ballot, long node) {
    long taken = stamps.getOrDefault(new Taken(ballot, node), 0L);
    return former.getOrDefault(new Pair(node, ballot.node()), Set.of()).contains(taken);
  }

  /// The node has taken the ballot under that epoch.
  void stamp(AbstractBallot ballot, long node, long epoch) {
    if (epoch != 0) {
      stamps.put(new Taken(ballot, node), epoch);
    }
  }

  /// Whether the node's support for the ballot's leader stands in the epoch in which the node took
  /// the ballot. The leader supports itself.
  boolean counts(AbstractBallot ballot, long node) {
    long leader = ballot.node();
    return node == leader
        || (stands(node, leader)
            && stamps.getOrDefault(new Taken(ballot, node), 0L) == epoch(node, leader))
        || isFormer(ballot, node);
  }

  void hold(AbstractBallot ballot, Set<Long> counted) {
    leases.put(ballot.node(), new Held(ballot, counted));
  }

  void release(long leader) {
    leases.remove(leader);
  }

  boolean holds(AbstractBallot ballot) {
    Held held = leases.get(ballot.node());
    return held != null && held.ballot().equals(ballot);
  }

  @Nullable HoldLease lease(long node) {
    Held held = leases.get(node);
    return held == null ? null : new HoldLease(held.ballot(), held.counted());
  }

  boolean isHolder(long node) {
    return leases.containsKey(node);
  }

  boolean isHeldByAnother(long node) {
    return leases.keySet().stream().anyMatch(holder -> holder != node);
  }

  /// Whether the other's lease counts that node's support.
  boolean isCounted(long node, long to) {
    Held held = leases.get(to);
    return held != null && held.counted().contains(node);
  }

  void giveUp(AbstractBallot ballot) {
    released.merge(ballot.node(), ballot, (a, b) -> a.isBelow(b) ? b : a);
  }

  private boolean isGivenUp(AbstractBallot ballot) {
    AbstractBallot newest = released.get(ballot.node());
    return newest != null && !newest.isBelow(ballot);
  }

  /// Whether what a node promised before forbids it to take that ballot: its support for the owner
  /// of its newest promise, in the epoch that it named then, or a lease of its own.
  boolean blocks(long node, AbstractBallot promised, AbstractBallot ballot) {
    long owner = promised.node();
    if (promised.equals(AbstractBallot.NONE) || owner == ballot.node()) {
      return false;
    }
    return isHolder(node)
        || (isWaiting(node) && owner != node && !isGivenUp(promised))
        || (owner != node && counts(promised, node) && !isGivenUp(promised));
  }
}
