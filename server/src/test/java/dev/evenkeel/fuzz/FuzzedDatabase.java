package dev.evenkeel.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.api.Operation;
import dev.evenkeel.api.Response;
import dev.evenkeel.api.wire.ServiceModel;
import dev.evenkeel.node.Database;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A whole database in memory that is asked anything, and what its answers must be.
final class FuzzedDatabase implements AutoCloseable {
  private static final long DISK_BYTES = 64L << 20;

  /// No request may hold its client up for longer, on a busy machine.
  private static final long ANSWER_SECONDS_MAX = 60;

  /// What a request may cost the whole process, and each byte of it more.
  private static final long ALLOCATED_BYTES_MAX = 512L << 20;

  private static final long ALLOCATED_FOR_EACH_BYTE_MAX = 2_000;

  /// Requests between two looks at the ordinary work.
  private static final int LOOK_EVERY = 50;

  /// Requests after which a new database takes over: a life's data stay small.
  private static final int LIFE = 5_000;

  /// Where most of the code is: asked more often.
  private static final List<String> RICH =
      List.of(
          "BatchExecuteStatement",
          "BatchGetItem",
          "BatchWriteItem",
          "CreateTable",
          "DeleteItem",
          "ExecuteStatement",
          "ExecuteTransaction",
          "GetItem",
          "GetShardIterator",
          "PutItem",
          "Query",
          "Scan",
          "TransactGetItems",
          "TransactWriteItems",
          "UpdateItem",
          "UpdateTable");

  /// Answered by any operation.
  private static final Set<String> COMMON = Set.of("ValidationException", "SerializationException");

  private static final String OWN_FAULT = "InternalServerError";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ServiceModel tables = ServiceModel.load();
  private final ServiceModel streams = ServiceModel.streams();
  private final List<String> operations;
  private final boolean measuresMemory;

  /// How often each operation answered how.
  private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();

  private Findings findings = new Findings();
  private RealEnvironment environment;
  private Database database;
  private long requests;

  /// @param measuresMemory whether requests may take so much memory only; not for a process in
  ///   which others work, such as a fuzzer
  FuzzedDatabase(boolean measuresMemory) throws IOException {
    this.measuresMemory = measuresMemory;
    environment = newEnvironment();
    database = newDatabase();
    Dispatcher dispatcher = database.dispatcher();
    operations =
        Stream.concat(
                tables.operations().stream()
                    .filter(
                        name -> dispatcher.operation(Operation.DYNAMODB + "." + name).equals(name)),
                streams.operations().stream())
            .sorted()
            .toList();
    createTables();
  }

  private static RealEnvironment newEnvironment() {
    return RealEnvironment.inMemory(
        DISK_BYTES,
        bug -> {
          throw new AssertionError(bug);
        });
  }

  private Database newDatabase() throws IOException {
    return Database.open(
        environment,
        MemoryItemStore.create(),
        new Database.Options(
            "local",
            () -> "localhost:8000",
            new Telemetry(),
            LogOptions.DEFAULT.inMemory(),
            StorageOptions.DEFAULT));
  }

  /// All that the server has.
  List<String> operations() {
    return operations;
  }

  Map<String, Map<String, Integer>> outcomes() {
    return outcomes;
  }

  /// Makes a request and judges its answer.
  void request(Choices choices) throws IOException {
    String operation = choices.among(choices.below(2) == 0 ? operations : RICH);
    Map<String, Object> request = Requests.of(operation, model(operation), findings, choices);
    request(operation, Damage.body(request, choices));
    if (++requests % LOOK_EVERY == 0) {
      look();
    }
    if (requests % LIFE == 0) {
      renew();
    }
  }

  private ServiceModel model(String operation) {
    return tables.operations().contains(operation) ? tables : streams;
  }

  private void request(String operation, byte[] body) {
    long before = THREADS.getTotalThreadAllocatedBytes();
    try {
      Response response = call(operation, body);
      judge(operation, response);
      long allocated = THREADS.getTotalThreadAllocatedBytes() - before;
      if (measuresMemory
          && allocated > ALLOCATED_BYTES_MAX + body.length * ALLOCATED_FOR_EACH_BYTE_MAX) {
        throw new AssertionError(allocated + " bytes of memory");
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          operation + " " + new String(body, UTF_8) + "\n met " + e.getMessage(), e);
    }
  }

  private Response call(String operation, byte[] body) {
    CompletableFuture<Response> reply = new CompletableFuture<>();
    // Apart from this thread, which looks at the clock.
    environment
        .tasks()
        .fork("request", () -> database.dispatcher().dispatch(operation, body, reply::complete));
    try {
      return reply.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + ANSWER_SECONDS_MAX + " s", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void judge(String operation, Response response) {
    String error = String.valueOf(response.error());
    boolean done = response.status() == 200;
    outcomes
        .computeIfAbsent(operation, _ -> new HashMap<>())
        .merge(done ? "done" : error, 1, Integer::sum);
    ServiceModel model = model(operation);
    if (response.length() == 0) {
      require(done && model.answers(operation).isEmpty(), "no body");
      return;
    }
    Map<String, Object> answer = Json.object(response.body(), response.length());
    if (done) {
      require(model.answers(operation).containsAll(answer.keySet()), "members " + answer.keySet());
      findings.note(answer);
    } else {
      boolean declared = model.errors(operation).contains(error) || COMMON.contains(error);
      require(declared && !error.equals(OWN_FAULT), response.status() + " " + answer);
      require(String.valueOf(answer.get("__type")).endsWith("#" + error), "type of " + answer);
    }
  }

  private static void require(boolean holds, String found) {
    if (!holds) {
      throw new AssertionError(found);
    }
  }

  /// The ordinary work is done, whatever was asked before.
  private void look() {
    createTables();
    for (TableKind kind : TableKind.ALL) {
      List<String> key = new ArrayList<>();
      for (String name : kind.keys()) {
        String type = kind.types().getOrDefault(name, "S");
        key.add(Json.text(name) + ":{\"" + type + "\":\"1234\"}");
      }
      String item = "{" + String.join(",", key) + "}";
      String table = "{\"TableName\":\"" + kind.name() + "\",";
      must("PutItem", table + "\"Item\":" + item + "}");
      Map<String, Object> got =
          must("GetItem", table + "\"ConsistentRead\":true,\"Key\":" + item + "}");
      require(got.containsKey("Item"), "no item in " + got);
    }
  }

  private void createTables() {
    for (TableKind kind : TableKind.ALL) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS_MAX);
      while (!isThere(kind)) {
        require(System.nanoTime() < end, kind.name() + " does not become ACTIVE");
        Thread.onSpinWait();
      }
    }
  }

  /// Whether the table is there; has it made where it is not, and deleted where a request has made
  /// one of its name with other keys.
  private boolean isThere(TableKind kind) {
    String table = "{\"TableName\":\"" + kind.name() + "\"";
    Response described = call("DescribeTable", (table + "}").getBytes(UTF_8));
    if (described.status() != 200) {
      findings.note(must("CreateTable", kind.create()));
      return false;
    }
    String text = Json.object(described.body(), described.length()).toString();
    if (!text.contains("TableStatus=ACTIVE")) {
      return false;
    }
    if (text.contains(keySchema(kind))
        && kind.keys().stream().allMatch(key -> isOfType(kind, key, text))) {
      return true;
    }
    // Either may be refused for the moment.
    call("UpdateTable", (table + ",\"DeletionProtectionEnabled\":false}").getBytes(UTF_8));
    call("DeleteTable", (table + "}").getBytes(UTF_8));
    return false;
  }

  private static String keySchema(TableKind kind) {
    String range = kind.keys().size() == 1 ? "" : ", {AttributeName=s, KeyType=RANGE}";
    return "KeySchema=[{AttributeName=p, KeyType=HASH}" + range + "]";
  }

  private static boolean isOfType(TableKind kind, String key, String described) {
    String type = kind.types().getOrDefault(key, "S");
    return described.contains("{AttributeName=" + key + ", AttributeType=" + type + "}");
  }

  private Map<String, Object> must(String operation, String body) {
    Response response = call(operation, body.getBytes(UTF_8));
    require(
        response.status() == 200,
        operation
            + " "
            + body
            + " met "
            + new String(response.body(), 0, response.length(), UTF_8));
    return Json.object(response.body(), response.length());
  }

  private void renew() throws IOException {
    close();
    findings = new Findings();
    environment = newEnvironment();
    database = newDatabase();
    createTables();
  }

  @Override
  public void close() throws IOException {
    database.close();
    environment.close();
  }
}
