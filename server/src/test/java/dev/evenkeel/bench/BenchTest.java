package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final Pattern KEY = Pattern.compile("user(\\d{12})");
  private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

  private FakeDynamo server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeDynamo();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void loadInsertsEveryItemOnce() throws BenchFailure {
    BenchResult result = Bench.measure(options(Workload.LOAD, 0, 4, 2), SILENT);
    assertThat(result.operations()).isEqualTo(200);
    assertThat(result.latencies()).containsOnlyKeys(Operation.INSERT);
    assertThat(result.count(Operation.INSERT)).isEqualTo(200);
    Set<String> keys = new TreeSet<>();
    for (String body : server.bodies()) {
      Matcher key = KEY.matcher(body);
      if (key.find()) {
        keys.add(key.group(1));
      }
    }
    assertThat(keys).hasSize(200).contains("000000000000", "000000000199");
    assertThat(server.count("PutItem")).isEqualTo(200);
  }

  @Test
  void missingTableIsCreatedAndLoadedFirst() throws BenchFailure {
    AtomicBoolean created = new AtomicBoolean();
    server.on(
        "DescribeTable",
        _ ->
            created.get()
                ? FakeDynamo.ok("{\"Table\":{\"TableStatus\":\"ACTIVE\"}}")
                : FakeDynamo.error("ResourceNotFoundException"));
    server.on(
        "CreateTable",
        _ -> {
          created.set(true);
          return FakeDynamo.ok("{}");
        });
    BenchResult result = Bench.measure(options(Workload.C, 50, 2, 1), SILENT);
    assertThat(server.count("CreateTable")).isOne();
    assertThat(server.count("PutItem")).isEqualTo(200);
    assertThat(result.operations()).isEqualTo(50);
  }

  @Test
  void mixesCountEachKindOfOperation() throws BenchFailure {
    BenchResult result = Bench.measure(options(Workload.F, 400, 3, 1), SILENT);
    long pairs = result.count(Operation.READ_MODIFY_WRITE);
    assertThat(result.operations()).isEqualTo(400);
    assertThat(pairs).isBetween(130L, 270L).isEqualTo(server.count("UpdateItem"));
    assertThat(server.count("GetItem")).isEqualTo(400);
  }

  @Test
  void errorsAreCountedByNameAndNotAsThroughput() throws BenchFailure {
    AtomicInteger turn = new AtomicInteger();
    server.on(
        "GetItem",
        _ ->
            turn.incrementAndGet() % 4 == 0
                ? FakeDynamo.error("ThrottlingException")
                : FakeDynamo.ok("{}"));
    BenchResult result = Bench.measure(options(Workload.GET, 100, 1, 1), SILENT);
    assertThat(result.errors()).containsEntry("ThrottlingException", 25L).hasSize(1);
    assertThat(result.operations()).isEqualTo(75);
    assertThat(result.notFound()).isEqualTo(75);
  }

  @Test
  void connectionThatIsCutIsAnErrorAndIsReplaced() throws BenchFailure {
    AtomicInteger turn = new AtomicInteger();
    server.on(
        "GetItem",
        _ -> {
          if (turn.incrementAndGet() == 10) {
            throw new IllegalStateException("cut");
          }
          return FakeDynamo.ok("{\"Item\":{}}");
        });
    BenchResult result = Bench.measure(options(Workload.GET, 50, 1, 1), SILENT);
    assertThat(result.operations()).isEqualTo(49);
    assertThat(result.errors()).containsEntry("ConnectionClosed", 1L);
  }

  @Test
  void openLoopKeepsToItsRateAndCountsFromTheIntendedStart() throws BenchFailure {
    BenchOptions options = options(Workload.GET, 100, 2, 1);
    BenchOptions.Pace pace =
        new BenchOptions.Pace(2, 1, 1, 500, Duration.ZERO, Duration.ofSeconds(9), 100);
    AtomicInteger turn = new AtomicInteger();
    server.on(
        "GetItem",
        _ -> {
          if (turn.incrementAndGet() <= 2) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
          }
          return FakeDynamo.ok("{\"Item\":{}}");
        });
    BenchResult result = Bench.measure(options.withPace(pace), SILENT);
    assertThat(result.operations()).isEqualTo(100);
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    // Both connections are held up for 100 ms: the operations that were due then waited.
    assertThat(result.overall().getValueAtPercentile(80)).isGreaterThan(10_000_000);
    assertThat(result.overall().getCountBetweenValues(20_000_000, Long.MAX_VALUE / 2))
        .isGreaterThan(20);
  }

  @Test
  void scanFollowsEverySegmentToItsEnd() throws BenchFailure {
    server.on(
        "Scan",
        body ->
            body.contains("ExclusiveStartKey")
                ? FakeDynamo.ok("{\"Items\":[],\"Count\":5,\"ScannedCount\":5}")
                : FakeDynamo.ok(
                    "{\"Count\":7,\"ScannedCount\":7,\"LastEvaluatedKey\":{\"pk\":{\"S\":\"u\"}}}"));
    BenchResult result = Bench.measure(options(Workload.SCAN, 0, 3, 1), SILENT);
    assertThat(result.scannedItems()).isEqualTo(36);
    assertThat(server.count("Scan")).isEqualTo(6);
    assertThat(String.join("\n", server.bodies()))
        .contains("\"Segment\":2,\"TotalSegments\":3,\"ExclusiveStartKey\":{\"pk\":{\"S\":\"u\"}}");
  }

  @Test
  void unreachableEndpointIsOneLineAndAnExitCode() {
    URI gone = server.endpoint();
    server.close();
    ByteArrayOutputStream progress = new ByteArrayOutputStream();
    BenchOptions options = options(Workload.GET, 1, 1, 1);
    assertThat(Bench.run(options, SILENT, new PrintStream(progress, true)))
        .isEqualTo(Bench.EXIT_FAILED);
    assertThat(progress.toString(UTF_8))
        .startsWith("evenkeel bench: cannot reach " + gone)
        .hasLineCount(1);
  }

  @Test
  void refusalOfTheTableIsExplained() {
    server.on(
        "DescribeTable",
        _ -> new FakeDynamo.Answer(400, "{\"__type\":\"x#AccessDenied\",\"message\":\"no way\"}"));
    ByteArrayOutputStream progress = new ByteArrayOutputStream();
    Bench.run(options(Workload.GET, 1, 1, 1), SILENT, new PrintStream(progress, true));
    assertThat(progress.toString(UTF_8)).contains("answers 400 to DescribeTable: no way");
  }

  private BenchOptions options(Workload workload, long operations, int connections, int threads) {
    return new BenchOptions(
        new BenchOptions.Target(
            server.endpoint(), "local", null, "usertable", Duration.ofSeconds(5)),
        workload,
        new BenchOptions.Data(200, 1_024, 10, 1, null, false, 1),
        new BenchOptions.Pace(
            connections, 1, threads, 0, Duration.ZERO, Duration.ofSeconds(20), operations),
        false);
  }
}
