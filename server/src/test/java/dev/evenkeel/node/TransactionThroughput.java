package dev.evenkeel.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Items a second by single puts, and by transactions of four puts in one group and in four: a
/// region of one zone in memory, so that it is the processor that is measured, 64 requests at a
/// time. A figure to look at: `main [seconds a round] [rounds]`.
final class TransactionThroughput {
  private static final int IN_FLIGHT = 64;
  private static final int KEYS = 100_000;
  private static final long MEMORY_BYTES = 256L << 20;

  private final Database database;
  private final long nanos;

  private TransactionThroughput(Database database, long nanos) {
    this.database = database;
    this.nanos = nanos;
  }

  public static void main(String[] args) throws Exception {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : 5;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    try (RealEnvironment environment =
            RealEnvironment.inMemory(
                MEMORY_BYTES,
                bug -> {
                  throw new AssertionError(bug);
                });
        Database database =
            Database.open(
                environment,
                MemoryItemStore.create(),
                new Database.Options(
                    "local",
                    () -> "localhost",
                    new Telemetry(),
                    LogOptions.DEFAULT.inMemory(),
                    StorageOptions.DEFAULT))) {
      TransactionThroughput run =
          new TransactionThroughput(database, TimeUnit.SECONDS.toNanos(seconds));
      run.tables();
      for (int round = 1; round <= rounds; round++) {
        double put = run.rate("PutItem", TransactionThroughput::put, 1);
        double one = run.rate("TransactWriteItems", n -> transaction(n, 1), 4);
        double four = run.rate("TransactWriteItems", n -> transaction(n, 4), 4);
        System.out.printf(
            "round %d: put %.0f items/s, 4 in one group %.0f (%.2f), over 4 groups %.0f (%.2f)%n",
            round, put, one, one / put, four, four / put);
      }
    }
  }

  private void tables() {
    for (int i = 0; i < 4; i++) {
      String body =
          """
          {"TableName":"Tab%d","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[\
          {"AttributeName":"h","AttributeType":"S"}],"KeySchema":[\
          {"AttributeName":"h","KeyType":"HASH"}]}\
          """
              .formatted(i);
      if (!call("CreateTable", body)) {
        throw new IllegalStateException("no table");
      }
      while (!call("PutItem", put(i).replace("Tab0", "Tab" + i))) {
        Thread.onSpinWait();
      }
    }
    while (!call("TransactWriteItems", transaction(0, 4))) {
      Thread.onSpinWait();
    }
  }

  private static String item(long n) {
    return "{\"h\":{\"S\":\"k%d\"},\"v\":{\"S\":\"%s\"}}".formatted(n % KEYS, "v".repeat(100));
  }

  private static String put(long n) {
    return "{\"TableName\":\"Tab0\",\"Item\":" + item(n) + "}";
  }

  private static String transaction(long n, int groups) {
    StringBuilder body =
        new StringBuilder("{\"ClientRequestToken\":\"")
            .append(System.nanoTime())
            .append('-')
            .append(n)
            .append("\",\"TransactItems\":[");
    for (int i = 0; i < 4; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"Put\":{\"TableName\":\"Tab")
          .append(i % groups)
          .append("\",\"Item\":")
          .append(item(4 * n + i))
          .append("}}");
    }
    return body.append("]}").toString();
  }

  private double rate(String operation, LongFunction<String> body, int items)
      throws InterruptedException {
    Semaphore room = new Semaphore(IN_FLIGHT);
    AtomicLong done = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    long begin = System.nanoTime();
    long n = 0;
    while (System.nanoTime() - begin < nanos) {
      room.acquire();
      call(
          operation,
          body.apply(n++),
          good -> {
            (good ? done : failed).incrementAndGet();
            room.release();
          });
    }
    room.acquire(IN_FLIGHT);
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (failed.get() > 0) {
      System.out.println(operation + ": " + failed + " failed");
    }
    return done.get() * items / seconds;
  }

  private boolean call(String operation, String body) {
    CompletableFuture<Boolean> good = new CompletableFuture<>();
    call(operation, body, good::complete);
    return good.join();
  }

  private void call(String operation, String body, Consumer<Boolean> done) {
    database
        .dispatcher()
        .dispatch(
            operation, body.getBytes(UTF_8), response -> done.accept(response.status() == 200));
  }
}
