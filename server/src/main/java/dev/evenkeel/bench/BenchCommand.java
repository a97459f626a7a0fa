package dev.evenkeel.bench;

import dev.evenkeel.model.TableSchema;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenkeel bench`: flags to [BenchOptions].
@Command(
    name = "bench",
    description = "Generates load for any DynamoDB endpoint and measures it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Without --rate the loop is closed: every connection sends as fast as it is answered.",
      "With --rate it is open: operations are due at fixed times, and latency counts from then.",
      "Requests are signed when AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)?");
  private static final int ITEM_BYTES_MAX = 400 * 1024;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8000",
      description = "Endpoint (default: ${DEFAULT-VALUE}).")
  private String endpoint = "";

  @Option(
      names = "--region",
      paramLabel = "NAME",
      defaultValue = "${AWS_REGION:-local}",
      description = "Region to sign for (default: AWS_REGION, else local).")
  private String region = "";

  @Option(
      names = {"-w", "--workload"},
      paramLabel = "NAME",
      defaultValue = "a",
      completionCandidates = WorkloadNames.class,
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String workload = "";

  @Option(
      names = "--table",
      paramLabel = "NAME",
      defaultValue = "usertable",
      description = "Table; created and loaded if missing (default: ${DEFAULT-VALUE}).")
  private String table = "";

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Items in the table (default: ${DEFAULT-VALUE}).")
  private long items;

  @Option(
      names = "--item-bytes",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Size of an item, names included (default: ${DEFAULT-VALUE}).")
  private int itemBytes;

  @Option(
      names = "--fields",
      paramLabel = "N",
      defaultValue = "10",
      description = "Fields of an item next to its key (default: ${DEFAULT-VALUE}).")
  private int fields;

  @Option(
      names = "--collection",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Items under one partition key; 1: the table has no sort key (default: ${DEFAULT-VALUE}).")
  private int collection;

  @Option(
      names = "--distribution",
      paramLabel = "NAME",
      description = "uniform, zipfian or latest (default: the workload's own).")
  private @Nullable String distribution;

  @Option(names = "--eventual", description = "Read eventually consistent.")
  private boolean eventual;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "Connections (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      defaultValue = "1",
      description = "Requests outstanding on a connection (default: ${DEFAULT-VALUE}).")
  private int pipeline;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the generator (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Operations due per second, all in all (default: closed loop).")
  private double rate;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "Not measured (default: ${DEFAULT-VALUE}).")
  private String warmup = "";

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Measured, such as 500ms, 30s, 2m (default: ${DEFAULT-VALUE}).")
  private String duration = "";

  @Option(
      names = "--operations",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after this many measured operations instead.")
  private long operations;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "A request without an answer is an error (default: ${DEFAULT-VALUE}).")
  private String timeout = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of every random choice (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /// The names that `--workload` takes.
  static final class WorkloadNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Workload.values()).map(Workload::label).iterator();
    }
  }

  @Override
  public Integer call() {
    return Bench.run(options(System.getenv()), System.out, System.err);
  }

  /// The options that the flags and `environment` (credentials) mean.
  BenchOptions options(Map<String, String> environment) {
    require(TableSchema.isName(table), "--table " + table + " is not a table's name");
    require(items >= 1 && items < 1_000_000_000_000L, "--items must be 1 to 999999999999");
    require(itemBytes >= 1 && itemBytes <= ITEM_BYTES_MAX, "--item-bytes must be 1 to 409600");
    require(fields >= 1 && fields <= 100, "--fields must be 1 to 100");
    int atOnce = workload() == Workload.BATCH ? Operation.BATCHED : Operation.TRANSACTED;
    boolean isSingle = workload().operation(0).writes() <= 1;
    require(isSingle || items >= atOnce, "--items must be at least " + atOnce);
    require(operations >= 0, "--operations must not be negative");
    require(
        collection >= 1 && collection <= ItemShape.COLLECTION_MAX,
        "--collection must be 1 to " + ItemShape.COLLECTION_MAX);
    shape();
    return new BenchOptions(
        new BenchOptions.Target(
            uri(), region, credentials(environment), table, time("--timeout", timeout)),
        workload(),
        new BenchOptions.Data(items, itemBytes, fields, collection, distribution(), eventual, seed),
        pace(),
        json);
  }

  private BenchOptions.Pace pace() {
    require(connections >= 1 && connections <= 10_000, "--connections must be 1 to 10000");
    require(pipeline >= 1 && pipeline <= 10, "--pipeline must be 1 to 10");
    require(threads >= 1 && threads <= connections, "--threads must be 1 to --connections");
    require(rate >= 0 && Double.isFinite(rate), "--rate must not be negative");
    return new BenchOptions.Pace(
        connections,
        pipeline,
        threads,
        rate,
        time("--warmup", warmup),
        time("--duration", duration),
        operations);
  }

  private void shape() {
    try {
      ItemShape.of(itemBytes, fields, collection);
    } catch (BenchFailure e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private URI uri() {
    try {
      URI uri = new URI(endpoint.endsWith("/") ? endpoint.replaceAll("/+$", "") : endpoint);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getHost() != null && uri.getRawPath().isEmpty();
      require(http && bare, "--endpoint " + endpoint + " is not like http://host:port");
      return uri;
    } catch (URISyntaxException _) {
      throw wrong("--endpoint " + endpoint + " is not like http://host:port");
    }
  }

  private Workload workload() {
    for (Workload each : Workload.values()) {
      if (each.label().equalsIgnoreCase(workload)) {
        return each;
      }
    }
    throw wrong("--workload " + workload + " is none of " + String.join(", ", new WorkloadNames()));
  }

  private @Nullable Distribution distribution() {
    if (distribution == null) {
      return null;
    }
    for (Distribution each : Distribution.values()) {
      if (each.name().equalsIgnoreCase(distribution)) {
        return each;
      }
    }
    throw wrong("--distribution " + distribution + " is none of uniform, zipfian, latest");
  }

  private @Nullable Credentials credentials(Map<String, String> environment) {
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null || id.isEmpty() || secret.isEmpty()) {
      return null;
    }
    return new Credentials(id, secret, environment.get("AWS_SESSION_TOKEN"));
  }

  private Duration time(String flag, String text) {
    Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(flag + " " + text + " is not a time such as 500ms, 30s or 2m");
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    double millis =
        Double.parseDouble(matcher.group(1))
            * switch (unit) {
              case "ms" -> 1;
              case "m" -> 60_000;
              case "h" -> 3_600_000;
              default -> 1_000;
            };
    return Duration.ofMillis((long) millis);
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw wrong(message);
    }
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli did not fill in the command");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
