package dev.evenkeel.autoadmin;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Routes;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.router.SystemPartition;
import dev.evenkeel.router.SystemTable;
import dev.evenkeel.rpc.CallOutcome;
import dev.evenkeel.rpc.NodeIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Partitions on the storage nodes of the region: a table has one, and so has a global index; its
/// group bears the number of the table or the index, with a storage replica in each of three zones.
///
/// Where a group's replicas begin is decided once, by a conditional write of the item
/// `placement/<number>`: steps that are repeated, or taken by two nodes, open the same group.
public final class RegionPartitions implements Partitions {
  /// Storage replicas of a group, each in a zone of its own.
  static final int REPLICAS_MAX = 3;

  private static final Duration ASK_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int LOOKS_MAX = 1_000;
  private static final String PLACEMENT = "placement/";
  private static final String NODES = "nodes";

  private final List<StorageNode> here;
  private final RequestRouter router;
  private final SystemTable items;
  private final Zones zones;
  private final Tasks tasks;

  /// @param here the storage nodes of this process
  public RegionPartitions(
      List<StorageNode> here, RequestRouter router, SystemTable items, Zones zones, Tasks tasks) {
    this.here = List.copyOf(here);
    this.router = router;
    this.items = items;
    this.zones = zones;
    this.tasks = tasks;
  }

  @Override
  public void create(long group) throws IOException, InterruptedException {
    Configuration first = placement(group);
    NodeMessage.Open open = new NodeMessage.Open(group, 0, false, first);
    int opened = 0;
    List<String> problems = new ArrayList<>();
    for (Member member : first.members()) {
      String problem = ask(member.node(), open);
      if (problem.isEmpty()) {
        opened++;
      } else {
        problems.add(NodeIdentity.text(member.node()) + ": " + problem);
      }
    }
    if (opened < first.quorum()) {
      throw new IOException("the partition has no quorum: " + problems);
    }
    awaitLeader(group);
  }

  private void awaitLeader(long group) throws IOException, InterruptedException {
    for (int looks = 0; looks < LOOKS_MAX; looks++) {
      for (StorageNode node : here) {
        StorageReplica replica = node.replica(group);
        if (node.routes().find(group) != null || (replica != null && replica.serves())) {
          return;
        }
      }
      tasks.pause(LOOK);
    }
    throw new IOException("the partition has no leader yet");
  }

  @Override
  public void drop(long group) throws IOException {
    BinaryItem placed = items.get(PLACEMENT + group);
    if (placed == null) {
      return;
    }
    Map<Long, Boolean> members = new LinkedHashMap<>();
    configuration(placed).members().forEach(member -> members.put(member.node(), true));
    for (StorageNode node : here) {
      Routes.Route route = node.routes().find(group);
      if (route != null) {
        route.configuration().members().forEach(member -> members.put(member.node(), true));
      }
    }
    // A node that cannot be reached drops its replica when it comes back: see [Leftovers].
    members.keySet().forEach(node -> ask(node, new NodeMessage.Drop(group)));
    items.deleteIf(placed);
  }

  @Override
  public void configure(long group, PartitionSchema schema) throws IOException {
    CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
    router.change(new Request.Configure(group, schema), outcome::complete);
    if (!(outcome.join() instanceof WriteOutcome.Applied)) {
      throw new IOException("the partition could not be told its schema: " + outcome.join());
    }
  }

  private Configuration placement(long group) throws IOException {
    BinaryItem placed = items.get(PLACEMENT + group);
    if (placed == null) {
      items.putIf(item(group, choose(group)), null);
      placed = items.get(PLACEMENT + group);
    }
    if (placed == null) {
      throw new IOException("the placement of the group is gone");
    }
    return configuration(placed);
  }

  /// One node in each zone, by the group's number, so that groups spread.
  private List<Long> choose(long group) {
    SortedMap<String, List<Long>> byZone = new TreeMap<>();
    known()
        .forEach((number, identity) ->
            byZone.computeIfAbsent(zones.of(identity), _ -> new ArrayList<>()).add(identity));
    List<List<Long>> all = List.copyOf(byZone.values());
    List<Long> chosen = new ArrayList<>();
    for (int i = 0; i < Math.min(all.size(), REPLICAS_MAX); i++) {
      List<Long> nodes = all.get(Math.floorMod(group + i, all.size()));
      chosen.add(nodes.get(Math.floorMod(group, nodes.size())));
    }
    return chosen;
  }

  /// The nodes of the region by number: those that are there, and members of the system partition
  /// that are not there at the moment.
  private SortedMap<Integer, Long> known() {
    SortedMap<Integer, Long> nodes = new TreeMap<>();
    for (StorageNode node : here) {
      Routes.Route route = node.routes().find(SystemPartition.ID);
      if (route != null) {
        route
            .configuration()
            .members()
            .forEach(member -> nodes.put(NodeIdentity.node(member.node()), member.node()));
      }
    }
    for (StorageNode node : here) {
      node.messenger().connected().forEach(peer -> nodes.put(NodeIdentity.node(peer), peer));
      nodes.put(NodeIdentity.node(node.self()), node.self());
    }
    return nodes;
  }

  private static BinaryItem item(long group, List<Long> nodes) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put(SystemTable.KEY, new AttributeValue.S(PLACEMENT + group));
    item.put(SystemTable.VERSION, AttributeValue.N.of(1));
    List<AttributeValue> list = new ArrayList<>();
    nodes.forEach(node -> list.add(new AttributeValue.S(Long.toString(node))));
    item.put(NODES, new AttributeValue.L(list));
    return BinaryItem.of(item);
  }

  private static Configuration configuration(BinaryItem placed) {
    if (placed.get(NODES) instanceof AttributeValue.L(var list)) {
      List<Member> members = new ArrayList<>();
      for (AttributeValue value : list) {
        if (value instanceof AttributeValue.S(var node)) {
          members.add(new Member(Long.parseLong(node), Member.Kind.STORAGE));
        }
      }
      return Configuration.first(members);
    }
    throw new IllegalStateException("a placement without nodes");
  }

  /// @return empty when it was done, else why not
  private String ask(long node, NodeMessage request) {
    @Nullable StorageNode local = local(node);
    if (local != null) {
      return switch (request) {
        case NodeMessage.Open open -> local.open(open);
        case NodeMessage.Drop(var group) -> local.drop(group);
        default -> throw new IllegalArgumentException("not asked here: " + request);
      };
    }
    CompletableFuture<CallOutcome<NodeMessage>> outcome = new CompletableFuture<>();
    here.getFirst().messenger().call(node, request, ASK_WITHIN, outcome::complete);
    return switch (outcome.join()) {
      case CallOutcome.Answered<NodeMessage>(var answer) ->
          answer instanceof NodeMessage.Done(var problem) ? problem : "it answered something else";
      case CallOutcome.Failed<NodeMessage>(var reason) -> "no answer: " + reason;
    };
  }

  private @Nullable StorageNode local(long identity) {
    for (StorageNode node : here) {
      if (node.self() == identity) {
        return node;
      }
    }
    return null;
  }
}
