package dev.evenkeel.replica;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.rpc.CallOutcome;
import dev.evenkeel.rpc.NodeIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// The first group of a new region: the system partition.
///
/// The node with the lowest number makes it, once all nodes of the region are there and none of
/// them has a replica of it, or may have lost one. A node that comes to a region that has one is
/// taken in by healing.
public final class Bootstrap {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration ASK_WITHIN = Duration.ofSeconds(2);
  private static final int REPLICAS_MAX = 3;

  private final StorageNode node;
  private final Zones zones;
  private final long group;

  /// @param group the system partition's
  public Bootstrap(StorageNode node, Zones zones, long group) {
    this.node = node;
    this.zones = zones;
    this.group = group;
  }

  /// Returns when the region has the group, as far as this node can tell. Blocks.
  ///
  /// @param pause waits a while, and stops the waiting when the node shuts down
  public void run(Pause pause) throws InterruptedException {
    while (node.replica(group) == null && node.routes().find(group) == null) {
      if (node.founds() && isFirst() && isNew()) {
        make();
      }
      if (node.replica(group) == null) {
        pause.of(LOOK);
      }
    }
  }

  /// Waits.
  @FunctionalInterface
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  private SortedSet<Long> nodes() {
    SortedSet<Long> all = new TreeSet<>(node.messenger().connected());
    all.add(node.self());
    return all;
  }

  private boolean isFirst() {
    return zones.zones().keySet().iterator().next() == NodeIdentity.node(node.self());
  }

  /// Whether all nodes are there and none has the group.
  private boolean isNew() {
    SortedSet<Long> all = nodes();
    if (all.size() < zones.zones().size()) {
      return false;
    }
    for (long peer : all) {
      if (peer != node.self() && !isWithout(peer)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWithout(long peer) {
    return call(peer, new NodeMessage.Has(group)) instanceof NodeMessage.Done(var problem)
        && !problem.isEmpty();
  }

  private void make() {
    Map<String, Member> byZone = new LinkedHashMap<>();
    for (long each : nodes()) {
      if (byZone.size() < REPLICAS_MAX) {
        byZone.putIfAbsent(zones.of(each), new Member(each, Member.Kind.STORAGE));
      }
    }
    Configuration first = Configuration.first(new ArrayList<>(byZone.values()));
    NodeMessage.Open open = new NodeMessage.Open(group, 0, false, first);
    List<Long> others = first.members().stream().map(Member::node).toList();
    if (first.contains(node.self())) {
      node.open(open);
    }
    others.stream().filter(each -> each != node.self()).forEach(each -> call(each, open));
  }

  private NodeMessage call(long peer, NodeMessage request) {
    CompletableFuture<CallOutcome<NodeMessage>> outcome = new CompletableFuture<>();
    node.messenger().call(peer, request, ASK_WITHIN, outcome::complete);
    return outcome.join() instanceof CallOutcome.Answered<NodeMessage>(var answer)
        ? answer
        : new NodeMessage.Farewell();
  }
}
