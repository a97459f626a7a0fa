package dev.evenkeel.chaos;

import dev.evenkeel.simulation.invariant.Operation;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Clients of all nodes of a region at once, on keys that they share, and the histories of it.
final class RegionLoad implements Workload {
  private static final int KEYS = 24;
  private static final int CLIENTS_PER_NODE = 6;

  private final long seed;
  private final AtomicLong moments = new AtomicLong();
  private final AtomicLong keyNumbers = new AtomicLong();
  private final AtomicReferenceArray<SharedKey> live = new AtomicReferenceArray<>(KEYS);
  private final Queue<SharedKey> all = new ConcurrentLinkedQueue<>();
  private final RegionCounts counts = new RegionCounts();
  private final ClientThreads threads = new ClientThreads();

  RegionLoad(long seed) {
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

  @Override
  public void prepare(Connection connection) throws Exception {
    Table.create(connection);
  }

  @Override
  public RegionCounts counts() {
    return counts;
  }

  boolean isStopped() {
    return threads.isStopped();
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

  @Override
  public void start(RegionProcesses region) {
    for (int i = 0; i < CLIENTS_PER_NODE * RegionProcesses.NODES; i++) {
      int node = i % RegionProcesses.NODES;
      Session session = new Session(() -> region.connect(node));
      threads.start("client-" + i, new RegionClient(this, session, seed + i));
    }
  }

  @Override
  public void stop() throws InterruptedException {
    threads.stop();
  }

  /// Reads every key once more and checks all histories.
  ///
  /// @throws AssertionError when one cannot be explained
  @Override
  public void verify(RegionProcesses region) throws IOException {
    int lost = 0;
    int untrue = 0;
    String first = "";
    try (Connection connection = region.connect(0)) {
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
