package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Moves money, and looks at sets of accounts.
final class BankClient implements Runnable {
  private static final int AMOUNT_MAX = 60;

  /// An outcome that is still not known by then fails the test.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final BankLoad load;
  private final Sessions sessions;
  private final Random random;
  private final String name;
  private int transfers;

  BankClient(BankLoad load, Sessions sessions, long seed, int number) {
    this.load = load;
    this.sessions = sessions;
    this.random = new Random(seed * 1_000 + number);
    this.name = seed + "-" + number;
  }

  @Override
  public void run() {
    try (sessions) {
      while (!load.isStopped()) {
        load.counts().operations.incrementAndGet();
        sessions.home();
        if (random.nextInt(4) == 0) {
          look(random.nextInt(Account.SETS));
        } else {
          transfer(random.nextInt(Account.SETS));
        }
      }
    }
  }

  private void transfer(int set) {
    int member = random.nextInt(Account.SET_SIZE);
    int other = (member + 1 + random.nextInt(Account.SET_SIZE - 1)) % Account.SET_SIZE;
    Account from = Account.of(set, member);
    Account to = Account.of(set, other);
    int amount = 1 + random.nextInt(AMOUNT_MAX);
    String body =
        """
        {"ClientRequestToken": "%s-%d", "TransactItems": [
         {"Update": {%s, "UpdateExpression": "SET balance = balance - :n",
          "ConditionExpression": "balance >= :n",
          "ExpressionAttributeValues": {":n": {"N": "%d"}}}},
         {"Update": {%s, "UpdateExpression": "SET balance = balance + :n",
          "ExpressionAttributeValues": {":n": {"N": "%d"}}}}]}
        """
            .formatted(name, transfers++, from.place(), amount, to.place(), amount);
    long begun = System.nanoTime();
    while (!isDecided(body, from, to, amount)) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new AssertionError("no outcome within " + PATIENCE + ": " + body);
      }
    }
  }

  /// Sends it once; false when nobody knows whether it happened.
  private boolean isDecided(String body, Account from, Account to, int amount) {
    Answer answer = sessions.open().call("TransactWriteItems", body);
    if (answer == null) {
      load.counts().broken.incrementAndGet();
      sessions.next();
    } else if (answer.isDone()) {
      load.moved(from, to, amount);
      load.counts().wrote();
      return true;
    } else if (answer.isError("TransactionCanceledException")) {
      load.counts().conditionsFailed.incrementAndGet();
      return true;
    } else {
      if (!answer.isError("TransactionInProgressException")) {
        answer.mustBeServerError();
        load.counts().errors.incrementAndGet();
      }
      sessions.rest();
    }
    load.counts().unknown.incrementAndGet();
    return false;
  }

  /// The accounts of a set have the same sum at any moment.
  private void look(int set) {
    String actions =
        IntStream.range(0, Account.SET_SIZE)
            .mapToObj(member -> "{\"Get\": {" + Account.of(set, member).place() + "}}")
            .collect(Collectors.joining(", "));
    Answer answer =
        sessions.open().call("TransactGetItems", "{\"TransactItems\": [" + actions + "]}");
    if (answer == null) {
      load.counts().broken.incrementAndGet();
    } else if (answer.isDone()) {
      mustHaveItsSum(answer);
      load.counts().reads.incrementAndGet();
    } else if (!answer.isError("TransactionCanceledException")) {
      answer.mustBeServerError();
      load.counts().errors.incrementAndGet();
      sessions.rest();
    }
  }

  private static void mustHaveItsSum(Answer answer) {
    List<?> responses = (List<?>) Objects.requireNonNull(answer.json().get("Responses"));
    long sum = 0;
    for (Object response : responses) {
      long balance = Account.balance(Objects.requireNonNull(Json.at(response, "Item")));
      assertThat(balance).as("a balance").isNotNegative();
      sum += balance;
    }
    assertThat(sum)
        .as("the sum of a set: %s", answer)
        .isEqualTo((long) Account.SET_SIZE * Account.BALANCE_FIRST);
  }
}
