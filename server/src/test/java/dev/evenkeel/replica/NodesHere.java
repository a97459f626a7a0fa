package dev.evenkeel.replica;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.rpc.LocalExchange;
import dev.evenkeel.rpc.LocalMessenger;
import dev.evenkeel.rpc.RpcLimits;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.RocksItemStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Storage nodes with real disks in this process, for measurements.
final class NodesHere {
  private final Path directory;
  private final Map<Integer, String> zones = new HashMap<>();
  private final StorageOptions options;
  private final List<RealEnvironment> environments = new ArrayList<>();
  private final List<StorageNode> nodes = new ArrayList<>();
  private final Set<StorageNode> ended = new HashSet<>();

  /// @param zones of each node
  NodesHere(Path directory, List<String> zones, StorageOptions options) {
    this.directory = directory;
    this.options = options;
    zones.forEach(zone -> this.zones.put(this.zones.size() + 1, zone));
  }

  void open() throws IOException {
    nodes.clear();
    environments.clear();
    LocalExchange<NodeMessage> exchange = new LocalExchange<>();
    for (int number = 1; number <= zones.size(); number++) {
      Path home = directory.resolve("node-" + number);
      RealEnvironment environment =
          RealEnvironment.open(
              home,
              bug -> {
                bug.printStackTrace();
                System.exit(1);
              });
      environments.add(environment);
      NodeFile file = NodeFile.open(environment, "local", number, true);
      Telemetry telemetry = new Telemetry();
      nodes.add(
          StorageNode.open(
              new StorageNode.Setup(
                  environment,
                  telemetry,
                  RocksItemStore.open(RocksSettings.of(home.resolve("store"))),
                  new LocalMessenger<>(
                      exchange, environment, telemetry, RpcLimits.DEFAULT, file.identity()),
                  file,
                  new Zones(zones),
                  LogOptions.DEFAULT,
                  options)));
    }
  }

  /// Creates a group on the first nodes.
  void create(long group, int members) {
    List<StorageNode> first = nodes.subList(0, members);
    NodeMessage.Open open =
        new NodeMessage.Open(
            group,
            0,
            false,
            Configuration.first(
                first.stream().map(node -> new Member(node.self(), Member.Kind.STORAGE)).toList()));
    for (StorageNode node : first) {
      String problem = node.open(open);
      if (!problem.isEmpty()) {
        throw new IllegalStateException(problem);
      }
    }
  }

  /// The replica that serves for the group now, or null.
  @Nullable StorageReplica leader(long group) {
    return nodes.stream()
        .map(node -> node.replica(group))
        .filter(replica -> replica != null && replica.serves())
        .findFirst()
        .orElse(null);
  }

  StorageNode node(int number) {
    return nodes.get(number - 1);
  }

  /// Ends a node for good.
  void close(int number) throws IOException {
    StorageNode node = node(number);
    node.close();
    ended.add(node);
  }

  void close() throws IOException {
    List<StorageNode> left = nodes.stream().filter(node -> !ended.contains(node)).toList();
    left.forEach(StorageNode::leave);
    for (StorageNode node : left) {
      node.close();
    }
    environments.forEach(RealEnvironment::close);
  }
}
