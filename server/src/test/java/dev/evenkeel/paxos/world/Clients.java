package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Lease;
import dev.evenkeel.paxos.Value;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Clients that propose commands, each once, and read consistently.
final class Clients {
  private static final long PAUSE_NANOS = 60_000_000;
  private static final long LONG_READ_NANOS = 3_000_000_000L;
  private static final long READ_NANOS = 3_000_000;

  private final World world;
  private final SplittableRandom random;
  private long commands;
  private boolean isResting;

  long reads;

  Clients(World world) {
    this.world = world;
    this.random = world.stream(200);
  }

  void start() {
    world.timeline.after(
        random.nextLong(2 * PAUSE_NANOS),
        () -> {
          if (!isResting) {
            act();
          }
          start();
        });
  }

  void rest() {
    isResting = true;
  }

  void resume() {
    isResting = false;
  }

  private void act() {
    int group = 1 + random.nextInt(world.first.size());
    NodeProcess process = any(group);
    if (process == null) {
      return;
    }
    process.later(
        0,
        () -> {
          Host host = process.hosts.get((long) group);
          if (host == null) {
            return;
          }
          if (random.nextInt(3) == 0) {
            beginRead(host);
          } else {
            for (int i = random.nextInt(6); i >= 0; i--) {
              propose(host);
            }
            if (random.nextInt(4) != 0) {
              host.participant.flush(process.now());
            }
            host.settle();
          }
          process.sync();
        });
  }

  /// Mostly one that leads.
  private @Nullable NodeProcess any(long group) {
    int from = random.nextInt(world.machines.length);
    boolean wantsLeader = random.nextInt(4) != 0;
    for (int i = 0; i < world.machines.length; i++) {
      NodeProcess process = world.machines[(from + i) % world.machines.length].process;
      Host host = process == null ? null : process.hosts.get(group);
      if (host != null && (!wantsLeader || host.participant.leads())) {
        return process;
      }
    }
    return null;
  }

  void propose(Host host) {
    byte[] command =
        ByteBuffer.allocate(Long.BYTES + random.nextInt(60)).putLong(++commands).array();
    long slot = host.participant.propose(command, host.process.now());
    if (slot > 0) {
      host.proposed.put(slot, new Value.Command(command));
    }
  }

  /// The lease is looked at, then the state, then the lease again: as by a thread of its own, which
  /// may be kept waiting in between.
  void beginRead(Host host) {
    NodeProcess process = host.process;
    Lease lease = host.participant.lease();
    if (lease == null
        || !lease.holds(process.now())
        || host.disk.store.state().applied() < lease.readySlot()) {
      return;
    }
    long atLeast = world.truth.of(host.group).acknowledged();
    long chosen = world.truth.of(host.group).trace.acknowledged();
    process.later(
        readNanos(),
        () -> {
          long seen = host.disk.store.state().applied();
          process.later(readNanos(), () -> endRead(host, lease, seen, atLeast, chosen));
        });
  }

  private long readNanos() {
    return random.nextInt(8) == 0 ? random.nextLong(LONG_READ_NANOS) : random.nextLong(READ_NANOS);
  }

  private void endRead(Host host, Lease lease, long seen, long atLeast, long chosen) {
    if (lease.holds(host.process.now())) {
      reads++;
      world.truth.reads(host, lease, seen, chosen);
      Truth.require(
          seen >= atLeast,
          () ->
              "group "
                  + host.group
                  + ": a consistent read on "
                  + Long.toHexString(host.process.identity)
                  + " in "
                  + lease.ballot()
                  + " saw slot "
                  + seen
                  + ", "
                  + atLeast
                  + " was acknowledged before it began");
    }
  }
}
