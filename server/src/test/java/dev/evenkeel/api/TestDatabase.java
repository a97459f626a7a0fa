package dev.evenkeel.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.node.Database;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A whole database in memory for each test, spoken to in JSON.
///
/// In requests and answers single quotes stand for double quotes. A request that does not begin
/// with a brace is the members of one on the table `Tab`.
final class TestDatabase implements BeforeEachCallback, AfterEachCallback {
  private static final long MEMORY_BYTES = 256L << 20;
  private static final int POLLS_MAX = 100_000;

  private @Nullable RealEnvironment environment;
  private @Nullable Database database;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    environment =
        RealEnvironment.inMemory(
            MEMORY_BYTES,
            bug -> {
              throw new AssertionError(bug);
            });
    database =
        Database.open(
            environment,
            MemoryItemStore.create(),
            new Database.Options(
                "local",
                () -> "localhost:8000",
                new Telemetry(),
                LogOptions.DEFAULT.inMemory(),
                StorageOptions.DEFAULT));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Objects.requireNonNull(database).close();
    Objects.requireNonNull(environment).close();
  }

  /// The body of the answer to a request, whatever it says.
  String answer(String operation, String request) {
    return text(call(operation, request));
  }

  /// The body of the answer to a request that succeeds.
  String ok(String operation, String request) {
    Response response = call(operation, request);
    if (response.status() != 200) {
      throw new AssertionError(operation + " " + request + " met " + text(response));
    }
    return text(response);
  }

  /// The error's name and text of a request that is refused.
  String refusal(String operation, String request) {
    Response response = call(operation, request);
    String body = text(response);
    int from = body.indexOf("essage':'");
    if (response.status() == 200) {
      throw new AssertionError("not refused: " + body);
    }
    return response.error()
        + (from < 0 ? "" : ": " + body.substring(from + "essage':'".length(), body.length() - 2));
  }

  /// The whole body of the answer to a request that is refused.
  String refusalBody(String operation, String request) {
    Response response = call(operation, request);
    if (response.status() == 200) {
      throw new AssertionError("not refused: " + text(response));
    }
    return text(response);
  }

  /// An ACTIVE table on demand.
  ///
  /// @param keys `h:S r:N`
  /// @param indexes `name sort:S ALL`, `name sort:N KEYS_ONLY` or `name sort:B INCLUDE x y`
  void create(String name, String keys, String... indexes) {
    String[] key = keys.split(" ", -1);
    Set<String> definitions = new LinkedHashSet<>();
    for (String each : key) {
      definitions.add(definition(each));
    }
    List<String> local = new ArrayList<>();
    for (String index : indexes) {
      String[] part = index.split(" ", 4);
      definitions.add(definition(part[1]));
      String others =
          part.length > 3 ? ",'NonKeyAttributes':['" + part[3].replace(" ", "','") + "']" : "";
      local.add(
          "{'IndexName':'%s','KeySchema':[%s,%s],'Projection':{'ProjectionType':'%s'%s}}"
              .formatted(
                  part[0], element(key[0], "HASH"), element(part[1], "RANGE"), part[2], others));
    }
    ok(
        "CreateTable",
        "{'TableName':'%s','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[%s],'KeySchema':[%s]%s}"
            .formatted(
                name,
                String.join(",", definitions),
                element(key[0], "HASH") + (key.length > 1 ? "," + element(key[1], "RANGE") : ""),
                local.isEmpty() ? "" : ",'LocalSecondaryIndexes':" + local));
    awaitActive(name);
  }

  /// Waits until a query answers so; what an index answers follows its table a little later.
  void awaitAnswer(String operation, String request, String answer) {
    String last = "";
    for (int i = 0; i < POLLS_MAX; i++) {
      last = ok(operation, request);
      if (last.equals(answer)) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(
        operation + " " + request + " does not come to " + answer + ": " + last);
  }

  /// Waits until what DescribeTable says contains that.
  void awaitDescribed(String part) {
    for (int i = 0; i < POLLS_MAX; i++) {
      if (ok("DescribeTable", "").contains(part)) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("not described as " + part + ": " + ok("DescribeTable", ""));
  }

  /// Has the partition of the table that was created first refuse writes so.
  void overload(ApiException refusal) {
    Objects.requireNonNull(database).storage().replicas().stream()
        .filter(each -> !ReservedGroups.ALL.contains(each.group()))
        .min(Comparator.comparingLong(StorageReplica::group))
        .orElseThrow()
        .overload(refusal);
  }

  private void awaitActive(String name) {
    for (int i = 0; i < POLLS_MAX; i++) {
      String described = ok("DescribeTable", "{'TableName':'" + name + "'}");
      if (described.contains("'TableStatus':'ACTIVE'")) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(name + " does not become ACTIVE");
  }

  private Response call(String operation, String request) {
    String body =
        request.startsWith("{")
            ? request
            : "{'TableName':'Tab'" + (request.isEmpty() ? "" : ",") + request + "}";
    CompletableFuture<Response> reply = new CompletableFuture<>();
    Objects.requireNonNull(database)
        .dispatcher()
        .dispatch(operation, body.replace('\'', '"').getBytes(UTF_8), reply::complete);
    return reply.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static String text(Response response) {
    return new String(response.body(), 0, response.length(), UTF_8).replace('"', '\'');
  }

  private static String definition(String attribute) {
    return "{'AttributeName':'%s','AttributeType':'%s'}"
        .formatted((Object[]) attribute.split(":", -1));
  }

  private static String element(String attribute, String type) {
    return "{'AttributeName':'%s','KeyType':'%s'}".formatted(attribute.split(":", -1)[0], type);
  }
}
