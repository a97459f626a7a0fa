package dev.evenkeel.node;

import dev.evenkeel.index.Propagator;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.rpc.NodeIdentity;
import dev.evenkeel.telemetry.Telemetry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this process knows of its region, as JSON and as gauges.
///
/// ```
/// {"region":"local","nodes":[
///   {"node":1,"identity":"1-00000000002a","zone":"a","peers":["2-…","3-…"],
///    "groups":3,"leads":1,"leading":[7],"lacking":1,
///    "repairs":[{"group":7,"members":["1-… storage","2-… log"]}],
///    "restores":[{"group":9,"fetchedBytes":1048576}]}],
///  "indexes":[{"group":12,"table":7,"filled":0.43,"backlog":12}]}
/// ```
///
/// `lacking` counts groups that this node leads and that lack a storage replica: a member has been
/// silent for long, and perhaps there is no node to take its place, or a log replica holds it.
/// `repairs` are groups that this node leads and in which a member is replaced or rebuilt;
/// `restores` are replicas on this node that are being rebuilt; `indexes` are groups of global
/// indexes whose table's group is led in this process, how much of the table each has, and how many
/// changes it lacks. Lists end after [#LISTED_MAX].
final class RegionStatus {
  /// Groups in a list at most; the counts beside it have all.
  static final int LISTED_MAX = 100;

  private final String region;
  private final Zones zones;
  private final List<StorageNode> nodes;
  private final Supplier<List<Propagator.Following>> indexes;

  RegionStatus(String region, Zones zones, Database database) {
    this.region = region;
    this.zones = zones;
    this.nodes = database.nodes();
    this.indexes = database::indexes;
  }

  void meter(Telemetry telemetry) {
    meter(telemetry, nodes);
  }

  static void meter(Telemetry telemetry, List<StorageNode> nodes) {
    for (StorageNode node : nodes) {
      meter(telemetry.ofNode(NodeIdentity.node(node.self())), node);
    }
  }

  private static void meter(Telemetry telemetry, StorageNode node) {
    telemetry.gauge("replica.groups", "Replicas on this node.", () -> node.replicas().size());
    telemetry.gauge("replica.leaders", "Groups led here.", () -> leading(node).count());
    telemetry.gauge(
        "replica.repairs",
        "Groups led here in which a member is replaced or rebuilt.",
        () -> node.healing().underWay().size());
    telemetry.gauge(
        "replica.lacking",
        "Groups led here that lack a storage replica.",
        () -> node.healing().lacking().size());
    telemetry.gauge(
        "replica.restoring",
        "Replicas here that are being rebuilt.",
        () -> restoring(node).count());
  }

  private static Stream<StorageReplica> leading(StorageNode node) {
    return node.replicas().stream().filter(StorageReplica::serves);
  }

  private static Stream<StorageReplica> restoring(StorageNode node) {
    return node.replicas().stream().filter(replica -> !replica.state().isServing());
  }

  String json() {
    return "{\"region\":\""
        + region
        + "\",\"nodes\":"
        + list(nodes.stream().map(this::json))
        + ",\"indexes\":"
        + list(indexes.get().stream().map(RegionStatus::index))
        + "}";
  }

  private String json(StorageNode node) {
    Set<Long> repairs = node.healing().underWay();
    return "{\"node\":"
        + NodeIdentity.node(node.self())
        + ",\"identity\":"
        + text(NodeIdentity.text(node.self()))
        + ",\"zone\":"
        + text(zones.of(node.self()))
        + ",\"peers\":"
        + list(
            node.messenger().connected().stream().map(NodeIdentity::text).map(RegionStatus::text))
        + ",\"groups\":"
        + node.replicas().size()
        + ",\"leads\":"
        + leading(node).count()
        + ",\"leading\":"
        + list(leading(node).map(replica -> Long.toString(replica.group())))
        + ",\"lacking\":"
        + node.healing().lacking().size()
        + ",\"repairs\":"
        + list(repairs.stream().map(group -> repair(node, group)))
        + ",\"restores\":"
        + list(restoring(node).map(RegionStatus::restore))
        + "}";
  }

  private static String repair(StorageNode node, long group) {
    StorageReplica replica = node.replica(group);
    Stream<String> members =
        replica == null ? Stream.of() : members(replica.configuration()).map(RegionStatus::text);
    return "{\"group\":" + group + ",\"members\":" + list(members) + "}";
  }

  private static Stream<String> members(Configuration configuration) {
    return configuration.members().stream()
        .map(member ->
            NodeIdentity.text(member.node())
                + (member.kind() == Member.Kind.STORAGE ? " storage" : " log"));
  }

  private static String restore(StorageReplica replica) {
    return "{\"group\":" + replica.group() + ",\"fetchedBytes\":" + replica.restoredBytes() + "}";
  }

  private static String index(Propagator.Following index) {
    return String.format(
        Locale.ROOT,
        "{\"group\":%d,\"table\":%d,\"filled\":%.3f,\"backlog\":%d}",
        index.index(),
        index.base(),
        index.filled(),
        index.backlog());
  }

  private static String list(Stream<String> parts) {
    return parts.limit(LISTED_MAX).collect(Collectors.joining(",", "[", "]"));
  }

  /// Identities and zones hold nothing that JSON escapes.
  private static String text(String plain) {
    return '"' + plain + '"';
  }
}
