package dev.evenkeel.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/// What a global secondary index costs the writes of its table, how far it lags behind them, and
/// how fast one is filled that is added to a table with items.
final class Indexes {
  private static final double THROUGHPUT_MIN = 0.6;
  private static final double LAG_MILLIS_MAX = 100;
  private static final double FILLED_PER_SECOND_MIN = 20_000;
  private static final double FOREGROUND_MAX = 2;
  private static final int SMALL_ITEM_BYTES = 100;

  /// The foreground's share of the throughput that the table reaches alone.
  private static final double FOREGROUND_SHARE = 0.25;

  private static final Duration SLICE = Duration.ofSeconds(2);
  private static final Duration FILLING_MAX = Duration.ofMinutes(5);
  private static final Duration LAG_MAX = Duration.ofSeconds(30);
  private static final long POLL_NANOS = 1_000_000;

  private final Plan plan;
  private final Server server;
  private final List<Figure> figures = new ArrayList<>();

  /// When the index that was added was seen as filled.
  private volatile long filledAt;

  private Indexes(Plan plan, Server server) {
    this.plan = plan;
    this.server = server;
  }

  /// Measures on `server`, in whose table `few` the few items are.
  static List<Figure> measure(Plan plan, Server server) throws IOException, BenchFailure {
    Indexes self = new Indexes(plan, server);
    self.writes();
    self.filling();
    return self.figures;
  }

  private void writes() throws IOException, BenchFailure {
    create("still", "pk");
    create("moving", "field0");
    Rounds still = against("still");
    figures.add(
        new Figure(
            "throughput of PutItem with one global index, against none",
            Text.of("%.2f ×", still.throughputRatio()),
            Text.of("≥ %.1f ×", THROUGHPUT_MIN),
            still.throughputRatio() >= THROUGHPUT_MIN,
            "entries of 1 KB change in place; " + still.throughputDetail("none", "one")));
    figures.add(lag(Median.of(still.second(), Load.Sample::throughput) / 2));
    Rounds moving = against("moving");
    figures.add(
        Figure.note(
            "the same where each write moves the entry to another key",
            Text.of("%.2f ×", moving.throughputRatio()),
            moving.throughputDetail("none", "one")));
  }

  private Rounds against(String table) throws IOException, BenchFailure {
    load(Workload.LOAD, table).prepare();
    return Rounds.of(plan, load(Workload.WRITE_ONLY, "few"), load(Workload.WRITE_ONLY, table));
  }

  /// How long after its answer a write is seen in the index, while others come at that rate.
  private Figure lag(double rate) throws IOException, BenchFailure {
    Load load = load(Workload.WRITE_ONLY, "still");
    CompletableFuture<Void> writes = inBackground(() -> load.run(plan.halfLoad(), rate));
    List<Double> lags = new ArrayList<>();
    while (!writes.isDone()) {
      lags.add(lagOf("probe" + lags.size()));
    }
    join(writes);
    double[] sorted = lags.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double p99 = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    return new Figure(
        "lag of a global index at half load, p99",
        Text.of("%.0f ms", p99),
        "≤ 100 ms",
        p99 <= LAG_MILLIS_MAX,
        Text.of(
            "%,.0f writes/s due, %d probes, median %.1f ms",
            rate, sorted.length, sorted[sorted.length / 2]));
  }

  private double lagOf(String key) throws IOException, BenchFailure {
    call("PutItem", "{\"TableName\":\"still\",\"Item\":{\"pk\":{\"S\":\"" + key + "\"}}}");
    long from = System.nanoTime();
    String query =
        "{\"TableName\":\"still\",\"IndexName\":\"index\",\"KeyConditionExpression\":\"pk = :p\","
            + "\"ExpressionAttributeValues\":{\":p\":{\"S\":\""
            + key
            + "\"}}}";
    while (!call("Query", query).contains("\"Count\":1")) {
      if (System.nanoTime() - from > LAG_MAX.toNanos()) {
        throw new BenchFailure("%s is not in the index after %s", key, LAG_MAX);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return (System.nanoTime() - from) / 1e6;
  }

  private void filling() throws IOException, BenchFailure {
    Load load =
        Load.of(server.process(), server.port(), Workload.LOAD, "filled", plan.smallItems())
            .withItemBytes(SMALL_ITEM_BYTES);
    load.prepare();
    Load foreground = load.withWorkload(Workload.WRITE_ONLY);
    foreground.run(plan.warmup());
    double rate = FOREGROUND_SHARE * foreground.run(plan.round()).throughput();
    List<Load.Sample> normal = new ArrayList<>();
    for (int i = 0; i < plan.rounds(); i++) {
      normal.add(foreground.run(SLICE, rate));
    }
    long from = System.nanoTime();
    call("UpdateTable", addition());
    CompletableFuture<Void> filling = inBackground(this::awaitFilled);
    List<Load.Sample> during = new ArrayList<>();
    do {
      during.add(foreground.run(SLICE, rate));
    } while (!filling.isDone());
    join(filling);
    double seconds = (filledAt - from) / 1e9;
    double perSecond = plan.smallItems() / seconds;
    double before = Median.of(normal, each -> each.millis(99));
    double meanwhile = Median.of(during, each -> each.millis(99));
    figures.add(
        new Figure(
            "filling of a global index that is added, items of 100 bytes",
            Text.of("%,.0f items/s", perSecond),
            "≥ 20,000/s",
            perSecond >= FILLED_PER_SECOND_MIN,
            Text.of("%,d items in %.1f s, %,.0f PutItem/s due", plan.smallItems(), seconds, rate)));
    figures.add(
        new Figure(
            "p99 of PutItem while an index is filled, against before",
            Text.of("%.1f ×", meanwhile / before),
            "≤ 2 ×",
            meanwhile <= FOREGROUND_MAX * before,
            Text.of("%.1f ms, before %.1f ms", meanwhile, before)));
  }

  private void awaitFilled() throws IOException, BenchFailure {
    long deadline = System.nanoTime() + FILLING_MAX.toNanos();
    while (!call("DescribeTable", "{\"TableName\":\"filled\"}")
        .contains("\"IndexStatus\":\"ACTIVE\"")) {
      if (System.nanoTime() - deadline > 0) {
        throw new BenchFailure("an index is not filled after %s", FILLING_MAX);
      }
      LockSupport.parkNanos(50 * POLL_NANOS);
    }
    filledAt = System.nanoTime();
  }

  private static String addition() {
    return "{\"TableName\":\"filled\",\"AttributeDefinitions\":["
        + attribute("field0")
        + "],\"GlobalSecondaryIndexUpdates\":[{\"Create\":"
        + index("field0")
        + "}]}";
  }

  /// A table with an index by that attribute.
  private void create(String table, String by) throws IOException, BenchFailure {
    call(
        "CreateTable",
        "{\"TableName\":\""
            + table
            + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
            + attribute("pk")
            + (by.equals("pk") ? "" : "," + attribute(by))
            + "],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}],"
            + "\"GlobalSecondaryIndexes\":["
            + index(by)
            + "]}");
  }

  private static String attribute(String name) {
    return "{\"AttributeName\":\"" + name + "\",\"AttributeType\":\"S\"}";
  }

  private static String index(String by) {
    return "{\"IndexName\":\"index\",\"KeySchema\":[{\"AttributeName\":\""
        + by
        + "\",\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}";
  }

  private Load load(Workload workload, String table) {
    return Load.of(server.process(), server.port(), workload, table, plan.fewItems());
  }

  private String call(String operation, String body) throws IOException, BenchFailure {
    String reply = new String(Probe.exchange(server.port(), operation, body), UTF_8);
    if (!reply.startsWith("HTTP/1.1 200")) {
      throw new BenchFailure("%s is answered: %s", operation, reply);
    }
    return reply;
  }

  /// What may fail as a measurement does.
  private interface Work {
    void run() throws IOException, BenchFailure;
  }

  private static CompletableFuture<Void> inBackground(Work work) {
    return CompletableFuture.runAsync(() -> {
      try {
        work.run();
      } catch (IOException | BenchFailure e) {
        throw new CompletionException(e);
      }
    });
  }

  private static void join(CompletableFuture<Void> work) throws BenchFailure {
    try {
      work.join();
    } catch (CompletionException e) {
      throw new BenchFailure("%s", String.valueOf(e.getCause()));
    }
  }
}
