package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Measures how soon a log replica takes the place of a failed member: `LogReplicaJoin <directory>
/// [megabytes of log]` opens four storage nodes in this process, writes so much to a group on three
/// of them, none of which may leave the log, ends one that does not lead, and prints when the
/// fourth is a member, when a write with its vote is acknowledged, and when it is a storage
/// replica.
final class LogReplicaJoin {
  private static final int ITEM_BYTES = 10_000;
  private static final int IN_FLIGHT_MAX = 256;
  private static final Duration DETECTION = Duration.ofSeconds(4);
  private static final StorageOptions NEVER_SHORTENED =
      new StorageOptions(Duration.ofMillis(100), Integer.MAX_VALUE);
  private static final long GROUP = OnePartition.TABLE.id();

  private final NodesHere nodes;

  private LogReplicaJoin(Path directory) {
    this.nodes = new NodesHere(directory, List.of("a", "b", "c", "c"), NEVER_SHORTENED);
  }

  static void main(String[] arguments) throws Exception {
    int megabytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    LogReplicaJoin run = new LogReplicaJoin(Path.of(arguments[0]));
    run.nodes.open();
    run.nodes.create(GROUP, 3);
    run.write(megabytes * 1_000_000 / ITEM_BYTES);
    run.join();
    run.nodes.close();
    System.exit(0);
  }

  private StorageReplica leader() throws InterruptedException {
    StorageReplica leader = nodes.leader(GROUP);
    while (leader == null) {
      Thread.sleep(5);
      leader = nodes.leader(GROUP);
    }
    return leader;
  }

  private void write(int items) throws InterruptedException {
    StorageReplica leader = leader();
    Semaphore room = new Semaphore(IN_FLIGHT_MAX);
    CountDownLatch left = new CountDownLatch(items);
    AttributeValue value = new AttributeValue.S("x".repeat(ITEM_BYTES));
    for (int i = 0; i < items; i++) {
      AttributeValue key = new AttributeValue.S("item-" + i);
      room.acquire();
      put(
          leader,
          key,
          value,
          () -> {
            room.release();
            left.countDown();
          });
    }
    left.await();
    System.out.println("log of node 1: " + nodes.node(1).log().liveSegments() + " segments");
  }

  private void put(StorageReplica leader, AttributeValue key, AttributeValue value, Runnable done) {
    ItemWrite.Change change =
        new ItemWrite.Change.Put(BinaryItem.of(Map.of("pk", key, "v", value)));
    leader.write(
        new ItemWrite(OnePartition.TABLE, key, null, null, change),
        System.nanoTime() + Duration.ofMinutes(1).toNanos(),
        outcome -> {
          if (outcome instanceof WriteOutcome.Applied) {
            done.run();
          } else {
            // Too much is in flight.
            CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)
                .execute(() -> put(leader, key, value, done));
          }
        });
  }

  private void join() throws Exception {
    StorageReplica leader = leader();
    int victim = leader == nodes.node(3).replica(GROUP) ? 2 : 3;
    long joiner = nodes.node(4).self();
    nodes.close(victim);
    long start = System.nanoTime();
    while (!leader.configuration().contains(joiner)) {
      Thread.sleep(1);
    }
    report("a member after detection", start + DETECTION.toNanos());
    System.out.println("log of the joiner: " + nodes.node(4).log().liveSegments() + " segments");
    // The only other member that is alive ends too: what is acknowledged now has the joiner's vote.
    int other = victim == 3 ? (leader == nodes.node(1).replica(GROUP) ? 2 : 1) : 1;
    nodes.close(leader == nodes.node(other).replica(GROUP) ? 3 : other);
    write(1);
    report("a write with its vote after detection", start + DETECTION.toNanos());
    while (!leader.configuration().isStorage(joiner)) {
      Thread.sleep(5);
    }
    report("a storage replica after detection", start + DETECTION.toNanos());
  }

  private static void report(String what, long sinceNanos) {
    double seconds = (System.nanoTime() - sinceNanos) / 1e9;
    System.out.println(String.format(Locale.ROOT, "%s: %.2f s", what, seconds));
  }
}
