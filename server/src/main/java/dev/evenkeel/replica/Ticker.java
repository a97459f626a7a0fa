package dev.evenkeel.replica;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Tasks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The one timer of a node: renews support, sees support lapse, ticks the replicas that are busy,
/// and has healing look.
///
/// A wake-up costs a process more than what is done in it. So where no replica is busy and nothing
/// is healed the next one is the next heartbeat, or the moment at which support lapses; who has
/// work for the ticker before that wakes it.
final class Ticker implements AutoCloseable {
  static final Duration TICK = Duration.ofMillis(50);

  private final Environment environment;
  private final Executor serial;
  private final NodeParts parts;
  private final Map<Long, StorageReplica> replicas;
  private final Healing healing;
  private final Map<Long, StorageReplica> watched = new ConcurrentSkipListMap<>();

  /// Monotonic, and the serial executor's, as are the three below.
  private long nextBeat;

  private Tasks.@Nullable Timer timer;
  private long due;

  /// Wake-ups set so far: one that another has replaced may come nevertheless.
  private long wakeUps;

  /// Whether the next wake-up may be further away than a tick.
  private volatile boolean rests;

  private volatile boolean closed;

  Ticker(NodeParts parts, Map<Long, StorageReplica> replicas, Healing healing) {
    this.environment = parts.environment();
    this.serial = environment.tasks().serial("ticker");
    this.parts = parts;
    this.replicas = replicas;
    this.healing = healing;
  }

  void start() {
    serial.execute(() -> {
      nextBeat = environment.clock().monotonicNanos();
      tick();
    });
  }

  /// Ticks it from now on, until it is not busy any more.
  void watch(StorageReplica replica) {
    watched.put(replica.group(), replica);
    if (rests) {
      wake(TICK);
    }
  }

  /// Another node was heard: support of it may have ended before its time.
  void heard() {
    if (rests && parts.support().untilLapse(environment.clock().monotonicNanos()) == 0) {
      wake(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void wake(Duration within) {
    serial.execute(() -> {
      long now = environment.clock().monotonicNanos();
      long at = now + within.toNanos();
      // Where the timer is late, as on a machine that was suspended, another one is set.
      if (at - due < 0 || due - now < 0) {
        sleep(at);
      }
    });
  }

  private void sleep(long until) {
    if (timer != null) {
      timer.cancel();
    }
    due = until;
    long wakeUp = ++wakeUps;
    long nanos = Math.max(0, until - environment.clock().monotonicNanos());
    rests = nanos > TICK.toNanos();
    timer =
        environment
            .tasks()
            .after(
                Duration.ofNanos(nanos),
                () ->
                    serial.execute(() -> {
                      if (wakeUp == wakeUps) {
                        tick();
                      }
                    }));
  }

  private void tick() {
    if (closed) {
      return;
    }
    rests = false;
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
    long next = Math.min(healing.look(now), nextBeat - now);
    if (watched.isEmpty()) {
      sleep(now + Math.min(next, parts.support().untilLapse(now)));
    }
    // Asked again: before it rested nobody woke it.
    if (!watched.isEmpty() || parts.support().untilLapse(now) == 0) {
      sleep(now + TICK.toNanos());
    }
  }
}
