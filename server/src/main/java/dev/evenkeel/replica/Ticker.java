package dev.evenkeel.replica;

import dev.evenkeel.environment.Environment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;

/// The one timer of a node: renews support, sees support lapse, and ticks the replicas that are
/// busy. Idle ones cost nothing.
final class Ticker implements AutoCloseable {
  static final Duration TICK = Duration.ofMillis(50);

  private final Environment environment;
  private final Executor serial;
  private final Map<Long, StorageReplica> replicas;
  private final Map<Long, StorageReplica> watched = new ConcurrentSkipListMap<>();
  private long nextBeat;
  private volatile boolean closed;

  Ticker(Environment environment, Map<Long, StorageReplica> replicas) {
    this.environment = environment;
    this.serial = environment.tasks().serial("ticker");
    this.replicas = replicas;
  }

  void start(NodeParts parts) {
    serial.execute(() -> {
      nextBeat = environment.clock().monotonicNanos();
      tick(parts);
    });
  }

  /// Ticks it from now on, until it is not busy any more.
  void watch(StorageReplica replica) {
    watched.put(replica.group(), replica);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void tick(NodeParts parts) {
    if (closed) {
      return;
    }
    long now = environment.clock().monotonicNanos();
    if (now - nextBeat >= 0) {
      nextBeat = now + parts.protocol().heartbeat().toNanos();
      NodeMessage beat = parts.beat();
      parts.messenger().connected().forEach(peer -> parts.messenger().send(peer, beat));
    }
    Set<Long> lapsed = new HashSet<>(parts.support().lapsed(now));
    if (!lapsed.isEmpty()) {
      parts.probes().hit("replica.support-lapsed");
      // Whoever is silent for a lease answers no more, or too late: others may lead by now.
      lapsed.forEach(parts.messenger()::giveUp);
      for (StorageReplica replica : replicas.values()) {
        if (lapsed.contains(replica.leader())) {
          watch(replica);
        }
      }
    }
    for (StorageReplica replica : List.copyOf(watched.values())) {
      // Taken out first: whoever is busy still puts itself in again.
      watched.remove(replica.group(), replica);
      replica.tick();
    }
    environment.tasks().after(TICK, () -> serial.execute(() -> tick(parts)));
  }
}
