package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Support;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One life of a node: its support for others, and the replicas on it. It may be stopped for a
/// while, as by a signal; what comes then waits.
final class NodeProcess {
  private static final long TICK_NANOS = 30_000_000;

  final World world;
  final Machine machine;
  final long identity;
  final Support support;
  final Map<Long, Host> hosts = new TreeMap<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean isPaused;
  private long beatAt;

  NodeProcess(World world, Machine machine) {
    this.world = world;
    this.machine = machine;
    this.identity = machine.identity();
    machine.life++;
    this.support = new Support(world.options, machine.life, machine.life > 1, now());
    this.beatAt = now();
  }

  void start() {
    for (long group : machine.disk.groups.keySet()) {
      open(group);
    }
    world.truth.starts(this);
    tick();
  }

  /// What this node's clock shows.
  long now() {
    return machine.clock.read(world.timeline.now());
  }

  boolean isAlive() {
    return machine.process == this;
  }

  boolean isPaused() {
    return isPaused;
  }

  /// Does something later, unless the process has ended by then.
  void later(long nanos, Runnable action) {
    world.timeline.after(nanos, () -> run(action));
  }

  private void run(Runnable action) {
    if (!isAlive()) {
      return;
    }
    if (isPaused) {
      waiting.add(action);
      return;
    }
    world.truth.look(this);
    action.run();
    world.truth.check(this);
  }

  void pause() {
    isPaused = true;
  }

  void resume() {
    isPaused = false;
    while (isAlive() && !isPaused && !waiting.isEmpty()) {
      run(waiting.remove());
    }
  }

  Host open(long group) {
    Host host = new Host(this, group);
    hosts.put(group, host);
    host.start();
    return host;
  }

  private void tick() {
    long now = now();
    if (now - beatAt >= 0) {
      beatAt = now + world.options.heartbeat().toNanos();
      beat();
    }
    Set<Long> lapsed = new HashSet<>(support.lapsed(now));
    for (Host host : hosts.values()) {
      host.tick(lapsed.contains(host.participant.ballot().node()), now);
    }
    sync();
    later(TICK_NANOS * machine.slowness, this::tick);
  }

  private void beat() {
    for (Machine other : world.machines) {
      if (other != machine) {
        Support.Heartbeat beat = support.heartbeat(now());
        world.wire.send(machine, other.identity(), 1, to -> to.heard(identity, beat));
      }
    }
  }

  private void heard(long from, Support.Heartbeat beat) {
    Support.Supported answer = support.heard(from, beat, now());
    world.truth.grants(this, from, answer.epoch());
    world.wire.send(machine, from, answer.epoch(), to -> to.supported(identity, answer));
  }

  private void supported(long from, Support.Supported answer) {
    if (support.received(from, answer, now())) {
      for (Host host : hosts.values()) {
        host.participant.supportChanged(from, now());
        host.settle();
      }
    }
  }

  /// A message of a group came. A node that does not know the group begins to hear of it.
  void receive(long group, long from, Message message) {
    Host host = hosts.get(group);
    if (host == null) {
      boolean isSpokenTo =
          switch (message) {
            case Message.Accept _, Message.Prepare _, Message.Base _ -> true;
            default -> false;
          };
      if (!isSpokenTo) {
        disown(group, from, message);
        return;
      }
      if (!machine.disk.groups.containsKey(group)) {
        machine.join(group, world.first);
      }
      host = open(group);
    }
    world.observe(group, from, identity, message);
    host.participant.receive(from, message, now());
    host.settle();
    sync();
  }

  /// Nobody here holds to a ballot of a group of which there is no replica.
  private void disown(long group, long from, Message message) {
    if (message instanceof Message.Hears(var ballot) && ballot.node() == identity) {
      world.coverage.add("world.disowned");
      world.truth.disowns(group, ballot);
      Message resigned = new Message.Resign(ballot, 0);
      world.wire.send(
          machine, from, ballot.hashCode(), to -> to.receive(group, identity, resigned));
    }
  }

  /// Something was appended: it will be synced soon.
  void sync() {
    if (machine.disk.begin()) {
      later(world.syncNanos(machine), this::synced);
    }
  }

  private void synced() {
    machine
        .disk
        .end()
        .forEach((group, count) -> {
          Host host = hosts.get(group);
          if (host != null) {
            host.synced(count);
          }
        });
    sync();
  }
}
