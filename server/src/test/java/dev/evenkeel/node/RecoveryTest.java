package dev.evenkeel.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.Response;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A database whose store falls back to what it had flushed, as after a crash, and is brought
/// forward by the log.
class RecoveryTest {
  private static final long MEMORY_BYTES = 512L << 20;
  private static final StorageOptions NO_CHECKPOINTS =
      new StorageOptions(Duration.ofHours(1), Integer.MAX_VALUE);

  /// More than the log keeps anyway, so that a premature release would lose slots.
  private static final int ITEMS = 60;

  private static final String LARGE = "x".repeat(380_000);

  @Test
  void aTableThatWasDroppedSinceTheLastFlushDoesNotStopTheStart() throws Exception {
    try (RealEnvironment environment =
        RealEnvironment.inMemory(
            MEMORY_BYTES,
            bug -> {
              throw new AssertionError(bug);
            })) {
      MemoryItemStore store = MemoryItemStore.forSimulation();
      Database first = open(environment, store);
      call(
          first,
          "CreateTable",
          "{'TableName':'doomed','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':"
              + "[{'AttributeName':'pk','AttributeType':'S'}],"
              + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}");
      await(first, "'TableStatus':'ACTIVE'");
      put(first, 0);
      store.flush();
      for (int i = 1; i < ITEMS; i++) {
        put(first, i);
      }
      call(first, "DeleteTable", "{'TableName':'doomed'}");
      await(first, "ResourceNotFoundException");

      store.crash();
      Database second = open(environment, store);
      assertThat(call(second, "ListTables", "{}")).isEqualTo("{'TableNames':[]}");
    }
  }

  private static Database open(RealEnvironment environment, MemoryItemStore store)
      throws Exception {
    return Database.open(
        environment,
        store,
        new Database.Options(
            "local",
            () -> "localhost:8000",
            new Telemetry(),
            LogOptions.DEFAULT.inMemory(),
            NO_CHECKPOINTS));
  }

  private static void put(Database database, int key) throws Exception {
    assertThat(
            call(
                database,
                "PutItem",
                "{'TableName':'doomed','Item':{'pk':{'S':'"
                    + key
                    + "'},'v':{'S':'"
                    + LARGE
                    + "'}}}"))
        .isEqualTo("{}");
  }

  private static void await(Database database, String answer) throws Exception {
    for (int i = 0; i < 10_000; i++) {
      if (call(database, "DescribeTable", "{'TableName':'doomed'}").contains(answer)) {
        return;
      }
    }
    throw new AssertionError("the table is never described as " + answer);
  }

  /// Single quotes stand for double quotes.
  private static String call(Database database, String operation, String body) throws Exception {
    CompletableFuture<Response> reply = new CompletableFuture<>();
    database
        .dispatcher()
        .dispatch(operation, body.replace('\'', '"').getBytes(UTF_8), reply::complete);
    Response response = reply.get(10, TimeUnit.SECONDS);
    return new String(response.body(), 0, response.length(), UTF_8).replace('"', '\'');
  }
}
