package dev.evenkeel.simulation;

import dev.evenkeel.node.Database;
import dev.evenkeel.paxos.Options;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A region of several nodes under simulation, in three zones, each node with a machine, a disk and
/// a clock of its own; clients call any node.
///
/// The protocol's times are a tenth of those in production, so that elections, leases and healing
/// happen often.
public final class ZonedRegion implements Site {
  /// So small that segments fill, and are used again, in a short run.
  public static final LogOptions LOG =
      new LogOptions(
          "log", 1 << 20, 512 << 10, 256 << 10, 1 << 20, 1 << 20, 2, Duration.ofMillis(100));

  static final String NAME = "local";

  /// An acknowledged write is on a majority of three disks.
  private static final int COPIES = 2;

  private static final int ZONES = 3;

  /// The kind of a frame that is no request, in its second byte.
  private static final byte ONE_WAY = 3;

  private static final long MILLI = 1_000_000;
  private static final long DOWN_NANOS_MAX = 100 * MILLI;

  static final StorageOptions STORAGE =
      new StorageOptions(
          Duration.ofMillis(50),
          3,
          Duration.ofMillis(500),
          new Options(
              Duration.ofMillis(200),
              Duration.ofMillis(30),
              Duration.ofMillis(30),
              Duration.ofMillis(10),
              Duration.ofMillis(600),
              Duration.ofMillis(500),
              32 << 10,
              3,
              16 << 10,
              1 << 20));

  /// How long a node's support lasts.
  public static long leaseNanos() {
    return STORAGE.protocol().lease().toNanos();
  }

  private final Simulator simulator;
  private final RandomGenerator random;
  private final LogOptions log;
  private final Telemetry telemetry;
  private final Probes probes;
  private final Markers markers = new Markers(COPIES);
  private final OpenCalls calls = new OpenCalls();
  private final SimulatedNetwork network;
  private final Zones zones;
  private final SortedMap<Integer, ZonedNode> nodes = new TreeMap<>();
  private final List<Consumer<SimulatedNode<Database>>> beforeStart = new ArrayList<>();
  private StorageOptions storage = STORAGE;
  private UnaryOperator<NodeMessage> received = UnaryOperator.identity();
  private boolean healing;
  private long strikesUntilNanos = Long.MAX_VALUE;

  /// A region by itself, with a small log.
  ///
  /// @param count of nodes
  public ZonedRegion(Simulator simulator, int count) {
    this(simulator, count, LOG, new Telemetry());
  }

  /// @param count of nodes
  /// @param telemetry counts what happened, over many runs
  public ZonedRegion(Simulator simulator, int count, LogOptions log, Telemetry telemetry) {
    this.simulator = simulator;
    this.random = simulator.stream("region");
    this.log = log;
    this.telemetry = telemetry;
    this.probes = telemetry.probes();
    this.network = new SimulatedNetwork(simulator);
    network.duplicable(frame -> frame.get(frame.position() + 1) == ONE_WAY);
    Map<Integer, String> byNumber = new TreeMap<>();
    for (int number = 1; number <= count; number++) {
      String zone = Character.toString('a' + (number - 1) % ZONES);
      byNumber.put(number, zone);
      network.place(number, zone);
    }
    this.zones = new Zones(byNumber);
    byNumber.keySet().forEach(number -> nodes.put(number, new ZonedNode(this, network, number)));
  }

  @Override
  public Simulator simulator() {
    return simulator;
  }

  @Override
  public Markers markers() {
    return markers;
  }

  @Override
  public void hit(String event) {
    probes.hit(event);
  }

  RandomGenerator random() {
    return random;
  }

  LogOptions log() {
    return log;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  public Zones zones() {
    return zones;
  }

  StorageOptions storage() {
    return storage;
  }

  /// From the next start of a node on, its times are those.
  public void storage(StorageOptions options) {
    storage = options;
  }

  public SimulatedNetwork network() {
    return network;
  }

  public Collection<ZonedNode> nodes() {
    return Collections.unmodifiableCollection(nodes.values());
  }

  /// Puts another message in the place of each that a node receives, until the region heals: what
  /// the checks of disks and networks do not see.
  public void whenReceived(UnaryOperator<NodeMessage> change) {
    received = change;
  }

  NodeMessage received(NodeMessage message) {
    return received.apply(message);
  }

  /// The node whose replica answers for the group now, or null.
  public @Nullable ZonedNode leader(long group) {
    for (ZonedNode node : nodes.values()) {
      StorageNode storage = node.storage();
      StorageReplica replica = storage == null ? null : storage.replica(group);
      if (replica != null && replica.serves()) {
        return node;
      }
    }
    return null;
  }

  /// One of the nodes, by chance.
  public ZonedNode any(RandomGenerator chance) {
    return List.copyOf(nodes.values()).get(chance.nextInt(nodes.size()));
  }

  /// Starts all nodes for the first time.
  public void start() {
    nodes.values().forEach(ZonedNode::start);
  }

  void restart(ZonedNode node) {
    simulator.after(random.nextLong(DOWN_NANOS_MAX), "start", node::start);
  }

  /// Of any node, mostly of one that takes requests.
  @Override
  public void call(String operation, String body, Consumer<Answer> reply) {
    ZonedNode node = any(random);
    call(node.serves() ? node : any(random), operation, body, reply);
  }

  /// Calls an operation of that node.
  public void call(ZonedNode node, String operation, String body, Consumer<Answer> reply) {
    node.call(operation, body, calls.begin(reply));
  }

  /// Another node may still carry out what the one that was asked did not live to see, so nothing
  /// is settled before the end.
  @Override
  public void whenSettled(Runnable action) {}

  /// Whether all nodes take requests.
  public boolean serves() {
    return nodes.values().stream().allMatch(ZonedNode::serves);
  }

  /// Calls whose answer has not come back.
  public int inFlight() {
    return calls.count();
  }

  /// Lives of all nodes together.
  public int lives() {
    return nodes.values().stream().mapToInt(node -> node.machine().lives()).sum();
  }

  @Override
  public SimulatedNode<Database> victim(RandomGenerator chance) {
    return any(chance).machine();
  }

  @Override
  public List<SimulatedNode<Database>> machines() {
    return nodes.values().stream().map(ZonedNode::machine).toList();
  }

  @Override
  public void restartInOrder(SimulatedNode<Database> victim) {
    nodes.values().stream()
        .filter(node -> node.machine() == victim)
        .forEach(ZonedNode::restartInOrder);
  }

  @Override
  public void beforeStart(Consumer<SimulatedNode<Database>> action) {
    beforeStart.add(action);
  }

  void starting(SimulatedNode<Database> node) {
    if (mayStrike()) {
      beforeStart.forEach(action -> action.accept(node));
    }
  }

  @Override
  public void strike(String name, long meanNanos, Runnable action) {
    simulator.after(
        random.nextLong(2 * meanNanos),
        name,
        () -> {
          if (mayStrike()) {
            action.run();
            strike(name, meanNanos, action);
          }
        });
  }

  /// No fault strikes from that virtual time on; what one has done to last for a while does.
  public void strikesUntil(long nanos) {
    strikesUntilNanos = nanos;
  }

  private boolean mayStrike() {
    return !healing && simulator.nowNanos() < strikesUntilNanos;
  }

  /// From now on nothing goes wrong any more, and nodes that are down come up.
  public void heal() {
    healing = true;
    received = UnaryOperator.identity();
    network.heal();
    for (ZonedNode node : nodes.values()) {
      node.machine().disk().faults().heal();
      node.machine().disk().faults().capacityBytes(Long.MAX_VALUE);
      node.machine().store().heal();
      node.machine().slow(false);
    }
  }
}
