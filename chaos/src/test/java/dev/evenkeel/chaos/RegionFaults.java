package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;

/// What happens to a region under load; each prints what clients met meanwhile.
final class RegionFaults {
  private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(30);
  private static final Duration WHOLE_LIMIT = Duration.ofSeconds(90);
  private static final Duration WRITES_LIMIT = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(2);

  /// How long a whole region is loaded before its power is cut.
  private static final int LOAD_MILLIS_MAX = 4_000;

  /// How long latencies are looked at before a planned stop, and after it.
  private static final Duration NORMAL = Duration.ofSeconds(3);

  private static final Duration AFTER = Duration.ofSeconds(2);

  /// How much slower the slowest answers may be while the leader stops.
  private static final double STOP_RATIO_MAX = 3;

  /// What is faster counts as this: a pause of the machine is no less.
  private static final double NORMAL_MILLIS_MIN = 10;

  /// A request is given up after five seconds; the rest is for a busy machine.
  private static final long ANSWER_MILLIS_MAX = 6_000;

  private final RegionProcesses region;
  private final RegionCounts counts;
  private final Random random;

  /// Milliseconds without writes, each time the leader was killed.
  private final List<Long> kills = new ArrayList<>();

  private final List<Long> pauses = new ArrayList<>();
  private final List<Stop> stops = new ArrayList<>();

  /// The leader's process was told to stop.
  ///
  /// @param during 99th percentile of the answers meanwhile, in milliseconds
  /// @param normal the same before
  private record Stop(double during, double normal) {
    double ratio() {
      return during / Math.max(normal, NORMAL_MILLIS_MIN);
    }
  }

  /// How often a process was killed.
  private int killed;

  private int cuts;
  private VolatileDisk.Cut undone = VolatileDisk.Cut.NOTHING;

  RegionFaults(RegionProcesses region, RegionCounts counts, Random random) {
    this.region = region;
    this.counts = counts;
    this.random = random;
  }

  private void say(String text) {
    counts.say("%s", text);
  }

  void awaitWrites() throws Exception {
    long before = counts.writes.get();
    Await.until(WRITES_LIMIT, "writes", () -> counts.writes.get() > before + 100);
  }

  void awaitWhole() throws Exception {
    Await.until(WHOLE_LIMIT, "a region that is whole", region::isWhole);
  }

  RegionProcesses region() {
    return region;
  }

  RegionCounts counts() {
    return counts;
  }

  /// What cuts of the power have undone.
  VolatileDisk.Cut undone() {
    return undone;
  }

  /// How often the power was cut, of one process or more.
  int cuts() {
    return cuts;
  }

  /// How often a process was killed.
  int kills() {
    return killed;
  }

  /// How often that was the leader.
  int leadersKilled() {
    return kills.size();
  }

  /// In turn, and each as soon as the one before takes requests again.
  void killEach() throws Exception {
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      kill(i);
    }
  }

  void killLeader() throws Exception {
    awaitWhole();
    kill(region.leader());
  }

  private void kill(int node) throws Exception {
    boolean wasLeader = node == region.leader();
    counts.gapMillis();
    counts.slowestErrorMillis();
    killNow(node);
    awaitWrites();
    Await.pass(Duration.ofMillis(random.nextInt(4_000)));
    long gap = counts.gapMillis();
    region.restart(node);
    awaitWrites();
    String who = "node " + (node + 1) + (wasLeader ? ", the leader," : "");
    long slowest = counts.slowestErrorMillis();
    say(who + " killed: " + gap + " ms without writes, slowest error " + slowest + " ms");
    if (wasLeader) {
      kills.add(gap);
    }
    mustBeInTime(slowest);
  }

  private void killNow(int node) throws IOException {
    region.kill(node);
    killed++;
  }

  /// Of these at once.
  void cutPower(List<Integer> nodes) throws Exception {
    awaitWhole();
    Await.pass(Duration.ofMillis(random.nextInt(LOAD_MILLIS_MAX)));
    VolatileDisk.Cut cut = region.cutPower(nodes, random);
    cuts++;
    undone = undone.and(cut);
    if (nodes.size() == 1) {
      awaitWrites();
    }
    Await.pass(Duration.ofMillis(random.nextInt(4_000)));
    for (int node : nodes) {
      region.launch(node);
    }
    for (int node : nodes) {
      region.node(node).awaitAnswer();
    }
    awaitWrites();
    say("power of " + nodes.size() + " nodes cut: " + cut);
  }

  void pauseLeader() throws Exception {
    awaitWhole();
    int leader = region.leader();
    counts.gapMillis();
    counts.slowestErrorMillis();
    region.node(leader).pause(true);
    long gap;
    long slowest;
    try {
      awaitWrites();
      gap = counts.gapMillis();
      Await.pass(Duration.ofSeconds(1));
    } finally {
      // Later ones may be of clients that were waiting for the process that stood still.
      slowest = counts.slowestErrorMillis();
      region.node(leader).pause(false);
    }
    awaitWrites();
    say("leader stands still: " + gap + " ms without writes, slowest error " + slowest + " ms");
    pauses.add(gap);
    mustBeInTime(slowest);
  }

  /// Whether writes resumed in time whenever the leader died or stood still.
  void verifyGaps() {
    say("milliseconds without writes: leaders killed " + kills + ", standing still " + pauses);
    assertThat(kills).allMatch(gap -> gap < 2 * LEASE.toMillis());
    assertThat(pauses).allMatch(gap -> gap < 2 * LEASE.toMillis());
  }

  private static void mustBeInTime(long errorMillis) {
    assertThat(errorMillis).as("milliseconds until an error").isLessThan(ANSWER_MILLIS_MAX);
  }

  /// The leader first, each time; no request may fail, nor may clients notice much of it.
  void stopEachInOrder() throws Exception {
    boolean[] stopped = new boolean[RegionProcesses.NODES];
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      awaitWhole();
      int leader = region.leader();
      int node = stopped[leader] ? firstOf(stopped) : leader;
      stopped[node] = true;
      stopInOrder(node, node == leader);
    }
    verifyStops();
  }

  /// Clients notice a stop in their slowest answers, but not much. What else the machine does in
  /// those seconds blurs one stop, and so of the leaders' stops the median counts.
  private void verifyStops() {
    List<Double> ratios = stops.stream().map(Stop::ratio).sorted().toList();
    say("p99 while the leader stops, over p99 before: " + ratios);
    assertThat(ratios.get((ratios.size() - 1) / 2))
        .as("p99 while the leader stops, over p99 before: %s", stops)
        .isLessThanOrEqualTo(STOP_RATIO_MAX);
  }

  private static int firstOf(boolean[] stopped) {
    int node = 0;
    while (stopped[node]) {
      node++;
    }
    return node;
  }

  private void stopInOrder(int node, boolean leads) throws Exception {
    counts.p99Millis();
    Await.pass(NORMAL);
    double normal = counts.p99Millis();
    long errors = counts.errors.get();
    long broken = counts.broken.get();
    counts.gapMillis();
    long from = System.nanoTime();
    region.stopInOrder(node);
    long millis = (System.nanoTime() - from) / 1_000_000;
    Await.pass(AFTER);
    double during = counts.p99Millis();
    long gap = counts.gapMillis();
    long failed = counts.errors.get() - errors + counts.broken.get() - broken;
    say(
        String.format(
            Locale.ROOT,
            "node %d%s stopped in order within %d ms: %d failed requests, %d ms without writes, p99"
                + " %.1f ms, before %.1f ms",
            node + 1,
            leads ? ", the leader," : "",
            millis,
            failed,
            gap,
            during,
            normal));
    if (leads) {
      stops.add(new Stop(during, normal));
    }
    assertThat(failed).as("requests that failed").isZero();
    region.restart(node);
    awaitWrites();
  }

  void loseDirectory() throws Exception {
    awaitWhole();
    int node = random.nextInt(RegionProcesses.NODES);
    killNow(node);
    region.wipe(node);
    long from = System.nanoTime();
    region.restart(node);
    awaitWhole();
    long millis = (System.nanoTime() - from) / 1_000_000;
    say("node " + (node + 1) + " lost its directory: whole again after " + millis + " ms");
  }

  /// A record in the middle of a node's log rots: its start is refused once, and then it is rebuilt
  /// by the others.
  void damageLog() throws Exception {
    awaitWhole();
    int node = random.nextInt(RegionProcesses.NODES);
    killNow(node);
    region.damageLog(node);
    try (ServerProcess process = region.launch(node)) {
      assertThat(process.endsWithin(REFUSAL_LIMIT)).as("refused: %s", process.errors()).isTrue();
      assertThat(process.errors()).contains("corrupt").contains("rebuilt from its peers");
    }
    long from = System.nanoTime();
    region.restart(node);
    awaitWhole();
    long millis = (System.nanoTime() - from) / 1_000_000;
    say("node " + (node + 1) + " had a damaged log: whole again after " + millis + " ms");
  }

  /// What is left answers eventual reads, and everything else with an error, in time.
  void loseTwo() throws Exception {
    awaitWhole();
    int left = random.nextInt(RegionProcesses.NODES);
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      if (i != left) {
        killNow(i);
      }
    }
    Await.pass(LEASE.multipliedBy(2));
    try (Connection connection = region.node(left).connect()) {
      long writeMillis =
          refuses("a write", () -> Table.put(connection, "minority", "item", "value"));
      String get =
          "{\"TableName\":\"chaos\",\"ConsistentRead\":%s,\"Key\":" + Table.key("all", "x") + "}";
      long readMillis = refuses("a read", () -> connection.call("GetItem", get.formatted("true")));
      assertThat(connection.call("GetItem", get.formatted("false")).isDone()).isTrue();
      say(
          "two nodes away: a write is refused after %d ms, a consistent read after %d ms, eventual reads go on"
              .formatted(writeMillis, readMillis));
    }
    for (int i = 0; i < RegionProcesses.NODES; i++) {
      if (i != left) {
        region.launch(i);
      }
    }
    awaitWrites();
    awaitWhole();
  }

  /// Without a quorum the client is told to try again, in time.
  ///
  /// @return milliseconds until the error
  private static long refuses(String what, Callable<Answer> call) throws Exception {
    long sentAt = System.nanoTime();
    Answer answer = call.call();
    long millis = (System.nanoTime() - sentAt) / 1_000_000;
    assertThat(answer.isServerError()).as("%s without a quorum: %s", what, answer).isTrue();
    mustBeInTime(millis);
    return millis;
  }
}
