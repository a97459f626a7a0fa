package dev.evenkeel.rpc;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.simulation.SimulatedNetwork;
import dev.evenkeel.simulation.SimulatedNode;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.telemetry.Telemetry;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Nodes 1 to 3 in one thread under virtual time.
final class SimulatedWorld implements MessengerWorld {
  private static final int NODES = 3;
  private static final long WAIT_NANOS_MAX = 120_000_000_000L;

  final Simulator simulator;
  final SimulatedNetwork network;
  final Telemetry telemetry = new Telemetry();
  private final Map<Integer, SimulatedNode<Environment>> nodes = new TreeMap<>();

  SimulatedWorld(long seed) {
    simulator = new Simulator(seed);
    network = new SimulatedNetwork(simulator);
  }

  /// In a new life of the node, its first process with that life number.
  @Override
  public NetworkMessenger<Note> messenger(long identity, RpcLimits limits) {
    int number = NodeIdentity.node(identity);
    SimulatedNode<Environment> node = node(number);
    if (node.isUp()) {
      node.kill();
    }
    Environment environment = start(node);
    Hello hello = Hello.of("here", identity, node.lives(), simulator.nowNanos() + number);
    return messenger(environment, limits, hello);
  }

  NetworkMessenger<Note> messenger(Environment environment, RpcLimits limits, Hello hello) {
    return new NetworkMessenger<>(environment, telemetry, new Note.Codec(), limits, hello);
  }

  SimulatedNode<Environment> node(int number) {
    return nodes.computeIfAbsent(
        number,
        key ->
            new SimulatedNode<>(
                simulator, network, key, "node-" + key, (environment, store) -> environment));
  }

  /// Starts the node's machine; what it serves is its environment.
  Environment start(SimulatedNode<Environment> node) {
    node.start();
    await(() -> node.service() != null);
    Environment environment = node.service();
    if (environment == null) {
      throw new AssertionError("down");
    }
    return environment;
  }

  @Override
  public void started(Messenger<Note> messenger) {
    connect(messenger, NODES);
  }

  /// Tells the messenger of nodes 1 to `nodes`.
  static void connect(Messenger<Note> messenger, int nodes) {
    for (int node = 1; node <= nodes; node++) {
      if (node != NodeIdentity.node(messenger.self())) {
        ((NetworkMessenger<Note>) messenger).connect(node);
      }
    }
  }

  @Override
  public void changed() {}

  @Override
  public void await(BooleanSupplier condition) {
    simulator.runUntil(condition, WAIT_NANOS_MAX);
  }

  /// Lets time pass.
  void pass(long nanos) {
    long until = simulator.nowNanos() + nanos;
    await(() -> simulator.nowNanos() >= until);
  }

  long count(String event) {
    return telemetry.probes().count(event);
  }

  @Override
  public void close() {}
}
