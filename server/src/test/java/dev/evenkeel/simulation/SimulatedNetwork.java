package dev.evenkeel.simulation;

import dev.evenkeel.environment.Network;
import dev.evenkeel.simulation.NetworkObserver.Fate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The network between simulated nodes. A node's address is its number.
///
/// ```java
/// network.wire(1, 2).cut(true);                     // 2 hears nothing of 1, 1 still hears 2
/// network.isolate(3);                               // both ways, from all others
/// network.cutZone("a", true);                       // a zone from the others
/// network.everyWire(w -> w.unreliable(.05, .05, .1));
/// network.slow(2, 50_000_000);                      // up to so long for whatever comes or goes
/// network.heal();
/// ```
public final class SimulatedNetwork {
  private static final long CONNECT_NANOS_MAX = 2_000_000_000;
  private static final String NO_ZONE = "";

  private final Simulator simulator;

  /// By number.
  private final Map<Integer, Host> hosts = new TreeMap<>();

  private final Map<String, Wire> wires = new LinkedHashMap<>();
  private final List<Consumer<Wire>> onNewWire = new ArrayList<>();
  private final List<SimulatedConnection> connections = new ArrayList<>();
  private Predicate<ByteBuffer> duplicable = frame -> true;
  private NetworkObserver observer = (from, to, fate, frame) -> {};

  /// A machine.
  private static final class Host {
    private String zone = NO_ZONE;
    private boolean powered;
    private long slowNanosMax;
    private @Nullable Life life;
    private Network.@Nullable Acceptor acceptor;
  }

  public SimulatedNetwork(Simulator simulator) {
    this.simulator = simulator;
  }

  /// Sees all frames.
  public void observe(NetworkObserver newObserver) {
    observer = newObserver;
  }

  /// Which frames a wire may deliver twice; else all. A request that comes twice is carried out
  /// twice: that it does not is what its sender has a connection for.
  public void duplicable(Predicate<ByteBuffer> newDuplicable) {
    duplicable = newDuplicable;
  }

  boolean mayComeTwice(ByteBuffer frame) {
    return duplicable.test(frame);
  }

  /// The way from one node to another.
  public Wire wire(int from, int to) {
    String name = from + ">" + to;
    @Nullable Wire known = wires.get(name);
    if (known != null) {
      return known;
    }
    Wire wire = new Wire(simulator, name);
    wires.put(name, wire);
    onNewWire.forEach(setting -> setting.accept(wire));
    return wire;
  }

  /// For every wire there is or will be, until [#heal].
  public void everyWire(Consumer<Wire> setting) {
    onNewWire.add(setting);
    wires.values().forEach(setting);
  }

  /// Puts a node into a zone.
  public void place(int node, String zone) {
    host(node).zone = zone;
  }

  /// Cuts a node from all others, both ways.
  public void isolate(int node) {
    for (int other : hosts.keySet()) {
      if (other != node) {
        wire(node, other).cut(true);
        wire(other, node).cut(true);
      }
    }
  }

  /// Cuts the zone's nodes from those of other zones, both ways, or joins them again.
  public void cutZone(String zone, boolean cut) {
    for (Map.Entry<Integer, Host> inside : hosts.entrySet()) {
      for (Map.Entry<Integer, Host> outside : hosts.entrySet()) {
        boolean between =
            inside.getValue().zone.equals(zone) && !outside.getValue().zone.equals(zone);
        if (between) {
          wire(inside.getKey(), outside.getKey()).cut(cut);
          wire(outside.getKey(), inside.getKey()).cut(cut);
        }
      }
    }
  }

  /// Whatever comes to the node or leaves it takes up to so much longer.
  public void slow(int node, long nanosMax) {
    host(node).slowNanosMax = nanosMax;
  }

  /// Breaks every connection between the two. What was under way is lost.
  public void breakConnections(int one, int two) {
    for (SimulatedConnection end : List.copyOf(connections)) {
      if ((end.from() == one && end.to() == two) || (end.from() == two && end.to() == one)) {
        end.reset("connection reset");
      }
    }
  }

  /// Ends all faults.
  public void heal() {
    onNewWire.clear();
    wires.values().forEach(Wire::heal);
    hosts.values().forEach(host -> host.slowNanosMax = 0);
  }

  /// The network as a new life of that node sees it; the machine is on.
  Network attach(int node, Life life) {
    Host host = host(node);
    host.powered = true;
    host.life = life;
    host.acceptor = null;
    return new Port(node, life);
  }

  /// The process died: its system resets its connections.
  void died(int node) {
    Host host = host(node);
    @Nullable Life life = host.life;
    host.life = null;
    host.acceptor = null;
    for (SimulatedConnection end : List.copyOf(connections)) {
      if (end.life().equals(life)) {
        connections.remove(end);
      } else if (end.to() == node && !end.isDead() && isPassable(node, end.from())) {
        long delay = delay(node, end.from(), 0);
        end.life().after(delay, "reset", () -> end.reset("connection reset by peer"));
      }
    }
  }

  /// The machine lost power: nobody is told.
  void off(int node) {
    Host host = host(node);
    @Nullable Life life = host.life;
    connections.removeIf(end -> end.life().equals(life));
    host.powered = false;
    host.life = null;
    host.acceptor = null;
  }

  boolean isPassable(int from, int to) {
    return host(to).powered && !wire(from, to).isCut();
  }

  long delay(int from, int to, int bytes) {
    long slow = Math.max(host(from).slowNanosMax, host(to).slowNanosMax);
    Wire wire = wire(from, to);
    return wire.delay(bytes) + (slow == 0 ? 0 : wire.place((int) Math.min(slow, 1 << 30)));
  }

  void observe(int from, int to, Fate fate, ByteBuffer frame) {
    if (fate != Fate.DELIVERED) {
      trace(fate.name(), from, to);
    }
    observer.frame(from, to, fate, frame);
  }

  void trace(String what, int from, int to) {
    simulator.trace("network", what, (long) from << 32 | to);
  }

  private Host host(int node) {
    return hosts.computeIfAbsent(node, number -> new Host());
  }

  /// What one life of a node has in its hands.
  private final class Port implements Network {
    private final int node;
    private final Life life;

    Port(int node, Life life) {
      this.node = node;
      this.life = life;
    }

    @Override
    public Listening listen(Acceptor acceptor) throws IOException {
      Host host = host(node);
      if (host.acceptor != null) {
        throw new IOException("the address is in use");
      }
      host.acceptor = acceptor;
      return () -> {
        if (acceptor.equals(host.acceptor)) {
          host.acceptor = null;
        }
      };
    }

    @Override
    public void connect(int to, ConnectionListener listener) {
      long arrives = delay(node, to, 0);
      life.after(arrives, "connect " + node + ">" + to, () -> arrive(to, listener));
    }

    private void arrive(int to, ConnectionListener listener) {
      if (!isPassable(node, to) || !isPassable(to, node)) {
        fail(CONNECT_NANOS_MAX, "connection timed out", listener);
        return;
      }
      Host host = host(to);
      if (host.acceptor == null || host.life == null) {
        fail(delay(to, node, 0), "connection refused", listener);
        return;
      }
      join(to, host.life, host.acceptor, listener);
    }

    private void fail(long delayNanos, String reason, ConnectionListener listener) {
      life.after(delayNanos, reason, () -> listener.closed(new IOException(reason)));
    }

    private void join(int to, Life there, Acceptor acceptor, ConnectionListener listener) {
      connections.removeIf(SimulatedConnection::isDead);
      SimulatedConnection near = new SimulatedConnection(SimulatedNetwork.this, life, node, to);
      SimulatedConnection far = new SimulatedConnection(SimulatedNetwork.this, there, to, node);
      connections.add(near);
      connections.add(far);
      long back = delay(to, node, 0);
      trace("connected", node, to);
      there.after(
          0,
          "accept " + node + ">" + to,
          () -> {
            ConnectionListener accepted = acceptor.accepted();
            far.join(near, accepted, simulator.nowNanos());
            near.join(far, listener, simulator.nowNanos() + back);
            accepted.opened(far);
            life.after(back, "connected " + node + ">" + to, () -> listener.opened(near));
          });
    }
  }
}
