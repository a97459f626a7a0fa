package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

/// What happens to a region under load; each prints what clients met meanwhile.
final class RegionFaults {
  private static final Duration WHOLE_LIMIT = Duration.ofSeconds(90);
  private static final Duration WRITES_LIMIT = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(2);

  /// A request is given up after five seconds.
  private static final long ANSWER_MILLIS_MAX = 7_000;

  private final RegionProcesses region;
  private final RegionLoad load;
  private final Random random;

  RegionFaults(RegionProcesses region, RegionLoad load, Random random) {
    this.region = region;
    this.load = load;
    this.random = random;
  }

  private void say(String text) {
    load.counts().say("%s", text);
  }

  void awaitWrites() throws Exception {
    long before = load.counts().writes.get();
    Await.until(WRITES_LIMIT, "writes", () -> load.counts().writes.get() > before + 100);
  }

  private void awaitWhole() throws Exception {
    Await.until(WHOLE_LIMIT, "a region that is whole", region::isWhole);
  }

  void killEach() throws Exception {
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      Await.until(WRITES_LIMIT, "a leader", () -> region.leader() >= 0);
      // The leader every other time.
      int node = i % 2 == 0 ? Math.max(region.leader(), 0) : random.nextInt(RegionProcesses.NODES);
      boolean wasLeader = node == region.leader();
      load.counts().gapMillis();
      region.kill(node);
      awaitWrites();
      Await.pass(Duration.ofMillis(random.nextInt(4_000)));
      long gap = load.counts().gapMillis();
      region.restart(node);
      awaitWrites();
      String who = "node " + (node + 1) + (wasLeader ? ", the leader," : "");
      say(who + " killed: " + gap + " ms without writes");
      if (wasLeader) {
        assertThat(gap).as("without writes").isLessThan(2 * LEASE.toMillis());
      }
    }
  }

  void pauseLeader() throws Exception {
    awaitWhole();
    int leader = region.leader();
    load.counts().gapMillis();
    region.node(leader).pause(true);
    try {
      awaitWrites();
      say("leader stands still: " + load.counts().gapMillis() + " ms without writes");
      Await.pass(Duration.ofSeconds(1));
    } finally {
      region.node(leader).pause(false);
    }
    awaitWrites();
  }

  void stopEachInOrder() throws Exception {
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      awaitWhole();
      boolean leads = i == region.leader();
      long errors = load.counts().errors.get();
      long unknown = load.counts().unknown.get();
      load.counts().gapMillis();
      region.stopInOrder(i);
      awaitWrites();
      long gap = load.counts().gapMillis();
      region.restart(i);
      say(
          "node %d%s stopped in order: %d ms without writes, %d errors, %d unknown"
              .formatted(
                  i + 1,
                  leads ? ", the leader," : "",
                  gap,
                  load.counts().errors.get() - errors,
                  load.counts().unknown.get() - unknown));
    }
  }

  void loseDirectory() throws Exception {
    awaitWhole();
    int node = random.nextInt(RegionProcesses.NODES);
    region.kill(node);
    region.wipe(node);
    long from = System.nanoTime();
    region.restart(node);
    awaitWhole();
    long millis = (System.nanoTime() - from) / 1_000_000;
    say("node " + (node + 1) + " lost its directory: whole again after " + millis + " ms");
  }

  /// What is left answers eventual reads, and everything else with an error, in time.
  void loseTwo() throws Exception {
    awaitWhole();
    int left = random.nextInt(RegionProcesses.NODES);
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      if (i != left) {
        region.kill(i);
      }
    }
    Await.pass(LEASE.multipliedBy(2));
    try (Connection connection = region.node(left).connect()) {
      long sentAt = System.nanoTime();
      Answer write = Table.put(connection, "minority", "item", "value");
      long millis = (System.nanoTime() - sentAt) / 1_000_000;
      assertThat(write.isServerError()).as("a write without a quorum: %s", write).isTrue();
      assertThat(millis).as("milliseconds until the error").isLessThan(ANSWER_MILLIS_MAX);
      String get =
          "{\"TableName\":\"chaos\",\"ConsistentRead\":%s,\"Key\":" + Table.key("all", "x") + "}";
      assertThat(connection.call("GetItem", get.formatted("true")).isServerError()).isTrue();
      assertThat(connection.call("GetItem", get.formatted("false")).isDone()).isTrue();
      say("two nodes away: a write is refused after " + millis + " ms, eventual reads go on");
    }
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      if (i != left) {
        region.launch(i);
      }
    }
    awaitWrites();
    awaitWhole();
  }
}
