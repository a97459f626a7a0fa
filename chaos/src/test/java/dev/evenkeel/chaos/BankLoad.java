package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A bank: clients of all nodes move money between accounts by transactions, and look at all
/// accounts of a set at once. Every transfer is repeated with its token until its outcome is known,
/// so the balance of each account is known at the end, to the unit.
final class BankLoad implements Workload {
  private static final int CLIENTS_PER_NODE = 3;
  private static final int BATCH = 25;

  /// Whatever a dead coordinator left is settled by then.
  private static final Duration SETTLED = Duration.ofSeconds(60);

  private final long seed;
  private final RegionCounts counts = new RegionCounts();
  private final ClientThreads threads = new ClientThreads();
  private final AtomicLongArray balances = new AtomicLongArray(Account.ALL);

  BankLoad(long seed) {
    this.seed = seed;
  }

  @Override
  public void prepare(Connection connection) throws Exception {
    for (String table : Account.TABLES) {
      Table.create(connection, table, "");
    }
    for (int from = 0; from < Account.ALL; from += BATCH) {
      String batch =
          IntStream.range(from, from + BATCH)
              .mapToObj(Account::new)
              .collect(
                  Collectors.groupingBy(
                      Account::table,
                      Collectors.mapping(
                          account -> "{\"PutRequest\": {\"Item\": " + account.item() + "}}",
                          Collectors.joining(", ", "[", "]"))))
              .entrySet()
              .stream()
              .map(table -> "\"" + table.getKey() + "\": " + table.getValue())
              .collect(Collectors.joining(", "));
      Answer answer = connection.call("BatchWriteItem", "{\"RequestItems\": {" + batch + "}}");
      assertThat(answer.isDone()).as("%s", answer).isTrue();
      assertThat((Map<?, ?>) answer.json().get("UnprocessedItems")).isEmpty();
    }
    for (int i = 0; i < Account.ALL; i++) {
      balances.set(i, Account.BALANCE_FIRST);
    }
  }

  @Override
  public void start(RegionProcesses region) {
    for (int i = 0; i < CLIENTS_PER_NODE * RegionProcesses.NODES; i++) {
      threads.start("teller-" + i, new BankClient(this, new Sessions(region, i), seed, i));
    }
  }

  @Override
  public RegionCounts counts() {
    return counts;
  }

  boolean isStopped() {
    return threads.isStopped();
  }

  /// A transfer happened.
  void moved(Account from, Account to, int amount) {
    balances.addAndGet(from.number(), -amount);
    balances.addAndGet(to.number(), amount);
  }

  @Override
  public void stop() throws InterruptedException {
    threads.stop();
  }

  @Override
  public void verify(RegionProcesses region) throws Exception {
    try (Connection connection = region.connect(0)) {
      awaitNoLocks(connection);
      long total = 0;
      for (String table : Account.TABLES) {
        total += verify(connection, table);
      }
      assertThat(total).as("the total").isEqualTo((long) Account.ALL * Account.BALANCE_FIRST);
      counts.say(
          "verdict: %d accounts in %d tables hold what they must, %d in all, no lock left",
          Account.ALL, Account.TABLES.size(), total);
    }
  }

  /// An account that a transaction has locked refuses every other write.
  private static void awaitNoLocks(Connection connection) throws Exception {
    Deque<Account> locked = new ArrayDeque<>();
    IntStream.range(0, Account.ALL).mapToObj(Account::new).forEach(locked::add);
    Await.until(
        SETTLED,
        "no account is locked",
        () -> {
          locked.removeIf(account -> isWritten(connection, account));
          return locked.isEmpty();
        });
  }

  private static boolean isWritten(Connection connection, Account account) {
    try {
      Answer answer =
          connection.call(
              "UpdateItem",
              "{"
                  + account.place()
                  + ", \"UpdateExpression\": \"SET visited = :t\", \"ConditionExpression\":"
                  + " \"attribute_exists(balance)\", \"ExpressionAttributeValues\":"
                  + " {\":t\": {\"BOOL\": true}}}");
      if (answer.isError("TransactionConflictException")) {
        return false;
      }
      assertThat(answer.isDone()).as("%s: %s", account, answer).isTrue();
      return true;
    } catch (IOException e) {
      throw new AssertionError("no answer of a region that is whole", e);
    }
  }

  /// The sum of a table's balances, each of which must be what was acknowledged.
  private long verify(Connection connection, String table) throws IOException {
    List<?> items = Table.scan(connection, table);
    assertThat(items).hasSize(Account.ALL / Account.TABLES.size());
    long sum = 0;
    for (Object item : items) {
      Account account = Account.of(item);
      long balance = Account.balance(item);
      assertThat(balance)
          .as("the balance of %s", account)
          .isEqualTo(balances.get(account.number()));
      sum += balance;
    }
    return sum;
  }
}
