package dev.evenkeel.node;

import dev.evenkeel.cli.RegionMember;
import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.NodeMessageCodec;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.rpc.Hello;
import dev.evenkeel.rpc.NetworkMessenger;
import dev.evenkeel.rpc.NodeIdentity;
import dev.evenkeel.rpc.RpcLimits;
import dev.evenkeel.runtime.NetworkOptions;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.CorruptStoreException;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.CorruptLogException;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One storage node of a region whose other nodes are other processes.
///
/// ```
/// <data directory>/ node  log/  store/
/// ```
final class RegionNode implements Region {
  private static final System.Logger LOGGER = System.getLogger(RegionNode.class.getName());
  private static final Duration SAY_EVERY = Duration.ofSeconds(3);

  private final Setup setup;
  private final RegionMember member;
  private final Ends ends;
  private final Parts parts;
  private volatile boolean ready;

  /// @param region its name
  /// @param directory of this node alone
  record Setup(String region, RegionMember member, Path directory, Telemetry telemetry) {}

  /// @param parts takes the environment, which outlives the node
  RegionNode(Setup setup, Ends ends, Parts parts) {
    this.setup = setup;
    this.member = setup.member;
    this.ends = ends;
    this.parts = parts;
  }

  @Override
  public Zones zones() {
    SortedMap<Integer, String> zones = new TreeMap<>();
    member.nodes().forEach((number, peer) -> zones.put(number, peer.zone()));
    return new Zones(zones);
  }

  @Override
  public Opened open() throws IOException {
    DamagedDirectory home =
        new DamagedDirectory(setup.directory, member.nodes().size(), ends.stop());
    home.setAside();
    try {
      return open(home);
    } catch (CorruptLogException | CorruptStoreException e) {
      throw home.found(e);
    }
  }

  private Opened open(DamagedDirectory home) throws IOException {
    RealEnvironment environment =
        parts.add(RealEnvironment.open(setup.directory, network(), ends.fatal()));
    NodeFile file = NodeFile.open(environment, setup.region, member.number(), false);
    NetworkMessenger<NodeMessage> messenger = messenger(environment, file);
    Unwanted unwanted = new Unwanted(environment.clock(), messenger::connected, ends.stop());
    messenger.onRefusal(unwanted::refused);
    StorageNode node =
        home.watch(
            StorageNode.open(
                new StorageNode.Setup(
                    environment,
                    setup.telemetry.ofNode(member.number()),
                    StoreFolder.open(
                        file, home, RocksSettings.of(setup.directory.resolve(StoreFolder.NAME))),
                    messenger,
                    file,
                    zones(),
                    LogOptions.DEFAULT,
                    StorageOptions.DEFAULT)));
    others().forEach(messenger::connect);
    environment.tasks().after(SAY_EVERY, () -> sayWhatIsMissing(environment, messenger));
    return new Opened(environment, List.of(node));
  }

  @Override
  public void ready() {
    ready = true;
  }

  private NetworkMessenger<NodeMessage> messenger(RealEnvironment environment, NodeFile file) {
    long process = environment.entropy().stream("process").nextLong();
    return new NetworkMessenger<>(
        environment,
        setup.telemetry.ofNode(member.number()),
        new NodeMessageCodec(),
        RpcLimits.DEFAULT,
        Hello.of(setup.region, file.identity(), file.life(), process));
  }

  private NetworkOptions network() {
    RegionMember.Peer self = member.self();
    return new NetworkOptions(
        new InetSocketAddress(self.host(), self.port()),
        this::address,
        tls(),
        NetworkOptions.QUEUE_BYTES_MAX);
  }

  private NetworkOptions.@Nullable TlsFiles tls() {
    RegionMember.Tls tls = member.tls();
    return tls == null
        ? null
        : new NetworkOptions.TlsFiles(tls.certificate(), tls.key(), tls.authority());
  }

  /// Not resolved: the network does that at each attempt, so that a node may move.
  private @Nullable InetSocketAddress address(int number) {
    RegionMember.Peer peer = member.nodes().get(number);
    return peer == null ? null : InetSocketAddress.createUnresolved(peer.host(), peer.port());
  }

  private Set<Integer> others() {
    Set<Integer> others = new TreeSet<>(member.nodes().keySet());
    others.remove(member.number());
    return others;
  }

  /// Again and again until the region answers.
  private void sayWhatIsMissing(
      RealEnvironment environment, NetworkMessenger<NodeMessage> messenger) {
    if (ready) {
      return;
    }
    Set<Integer> away = others();
    messenger.connected().forEach(peer -> away.remove(NodeIdentity.node(peer)));
    String missing =
        away.stream()
            .map(number -> "node " + number + " at " + member.peer(number))
            .collect(Collectors.joining(", "));
    LOGGER.log(
        System.Logger.Level.INFO,
        missing.isEmpty()
            ? "waiting for the system partition to have a leader"
            : "waiting for the region: not connected to " + missing);
    environment.tasks().after(SAY_EVERY, () -> sayWhatIsMissing(environment, messenger));
  }
}
