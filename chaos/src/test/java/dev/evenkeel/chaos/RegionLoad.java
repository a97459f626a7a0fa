package dev.evenkeel.chaos;

import dev.evenkeel.simulation.invariant.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Clients of all nodes of a region at once, on keys that they share, and the histories of it.
final class RegionLoad {
  private static final int KEYS = 24;

  private final int[] ports;
  private final long seed;
  private final AtomicLong moments = new AtomicLong();
  private final AtomicLong keyNumbers = new AtomicLong();
  private final AtomicReferenceArray<SharedKey> live = new AtomicReferenceArray<>(KEYS);
  private final Queue<SharedKey> all = new ConcurrentLinkedQueue<>();
  private final RegionCounts counts = new RegionCounts();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /// @param ports of the nodes' endpoints
  RegionLoad(int[] ports, long seed) {
    this.ports = ports.clone();
    this.seed = seed;
    for (int i = 0; i < KEYS; i++) {
      live.set(i, newKey());
    }
  }

  private SharedKey newKey() {
    SharedKey key = new SharedKey("key-" + keyNumbers.incrementAndGet());
    all.add(key);
    return key;
  }

  /// A number for this moment.
  long now() {
    return moments.incrementAndGet();
  }

  RegionCounts counts() {
    return counts;
  }

  boolean isStopped() {
    return stopped;
  }

  /// A key for the next operation; one that is full gives its place to a fresh one.
  SharedKey key(int number) {
    int place = Math.floorMod(number, KEYS);
    SharedKey key = live.get(place);
    if (key.isFull()) {
      live.compareAndSet(place, key, newKey());
      return live.get(place);
    }
    return key;
  }

  /// @param clients of each node
  void start(int clients) {
    for (int i = 0; i < clients * ports.length; i++) {
      RegionClient client = new RegionClient(this, ports[i % ports.length], seed + i);
      threads.add(
          Thread.ofPlatform()
              .name("client-" + i)
              .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
              .start(client));
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a client failed", failures.peek());
    }
  }

  /// Reads every key once more and checks all histories.
  ///
  /// @throws AssertionError when one cannot be explained
  void verify(int port) throws IOException {
    int lost = 0;
    int untrue = 0;
    String first = "";
    try (Connection connection = Connection.open(port)) {
      for (SharedKey key : all) {
        readAtTheEnd(connection, key);
        boolean holds = key.isLinearizable();
        lost += holds ? 0 : 1;
        untrue += key.areLateReadsTrue() ? 0 : 1;
        first = holds || !first.isEmpty() ? first : key.text();
      }
    }
    counts.say(
        "verdict: %d histories, lost or stale = %d, eventual reads untrue = %d",
        all.size(), lost, untrue);
    if (lost + untrue > 0) {
      throw new AssertionError("not linearizable: " + first);
    }
  }

  private void readAtTheEnd(Connection connection, SharedKey key) throws IOException {
    Operation read = key.begin("read at the end", now(), state -> state);
    String value = Table.get(connection, RegionClient.OWNER, key.name());
    String found = value == null ? "" : value;
    key.end(read, now(), state -> state.equals(found) ? state : null);
  }
}
