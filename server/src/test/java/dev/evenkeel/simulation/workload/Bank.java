package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Accounts in several tables, between which transactions move money: the total stays, and each
/// token has one effect, which a counter of its own tells.
public final class Bank implements Workload {
  /// Tables of the bank.
  public static final int TABLES = 3;

  private static final int ACCOUNTS = 9;
  private static final int BALANCE = 100;
  private static final int ATTEMPTS_MAX = 20;
  private static final Pattern NUMBER = Pattern.compile("\"n\":\\{\"N\":\"(-?[0-9]+)\"\\}");
  private static final Pattern COUNT = Pattern.compile("\"hits\":\\{\"N\":\"([0-9]+)\"\\}");

  private final Session session;
  private final int clients;
  private int tokens;
  private boolean open;
  private int totals;
  private int left;

  /// Whether each transfer is known to have happened, by its token.
  private final Map<String, Boolean> transfers = new TreeMap<>();

  private final Map<String, String> counters = new TreeMap<>();

  public Bank(Session session, int clients) {
    this.session = session;
    this.clients = clients;
  }

  /// The bank's tables.
  public static String table(int number) {
    return "Bank" + number;
  }

  private static String key(int account) {
    return "\"pk\":{\"S\":\"a%d\"},\"sk\":{\"S\":\"x\"}".formatted(account);
  }

  /// Fills the accounts, before anything goes wrong.
  public void openAccounts() {
    List<String> puts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      puts.add(
          "{\"Put\":{\"TableName\":\"%s\",\"Item\":{%s,\"n\":{\"N\":\"%d\"}}}}"
              .formatted(table(i % TABLES), key(i), BALANCE));
    }
    String body =
        "{\"ClientRequestToken\":\"open\",\"TransactItems\":[" + String.join(",", puts) + "]}";
    session
        .region()
        .call(
            "TransactWriteItems",
            body,
            answer -> {
              open = answer.isOk();
              if (!open) {
                session.region().simulator().after(50_000_000, "open again", this::openAccounts);
              }
            });
  }

  public boolean isOpen() {
    return open;
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      new Client(session, "bank/" + i, this::act).start();
    }
  }

  private void act(Client client) {
    if (client.random().nextInt(3) == 0) {
      total(client);
    } else {
      transfer(client);
    }
  }

  private void total(Client client) {
    client.call("TransactGetItems", totalBody(), this::checkTotal);
  }

  private static String totalBody() {
    List<String> gets = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      gets.add(
          "{\"Get\":{\"TableName\":\"%s\",\"Key\":{%s}}}".formatted(table(i % TABLES), key(i)));
    }
    return "{\"TransactItems\":[" + String.join(",", gets) + "]}";
  }

  private void checkTotal(Answer answer) {
    if (answer.isOk()) {
      int sum = 0;
      Matcher numbers = NUMBER.matcher(answer.body());
      while (numbers.find()) {
        sum += Integer.parseInt(numbers.group(1));
      }
      if (sum != ACCOUNTS * BALANCE) {
        throw new AssertionError("the bank has " + sum + ": " + answer.body());
      }
      totals++;
      session.region().hit("simulation.bank-total");
    }
  }

  private void transfer(Client client) {
    int from = client.random().nextInt(ACCOUNTS);
    // Every third one stays within one table.
    int step =
        client.random().nextInt(3) == 0
            ? TABLES * (1 + client.random().nextInt(ACCOUNTS / TABLES - 1))
            : 1 + client.random().nextInt(ACCOUNTS - 1);
    int to = (from + step) % ACCOUNTS;
    String token = "t" + tokens++;
    String counter = table(from % TABLES);
    counters.put(token, counter);
    transfers.put(token, false);
    String amount = Integer.toString(1 + client.random().nextInt(30));
    String body =
        """
        {"ClientRequestToken":"%s","TransactItems":[\
        {"Update":{"TableName":"%s","Key":{%s},"UpdateExpression":"SET n = n - :a",\
        "ConditionExpression":"n >= :a","ExpressionAttributeValues":{":a":{"N":"%s"}}}},\
        {"Update":{"TableName":"%s","Key":{%s},"UpdateExpression":"SET n = n + :a",\
        "ExpressionAttributeValues":{":a":{"N":"%s"}}}},\
        {"Update":{"TableName":"%s","Key":{%s},"UpdateExpression":"ADD hits :one",\
        "ExpressionAttributeValues":{":one":{"N":"1"}}}}]}\
        """
            .formatted(
                token,
                table(from % TABLES),
                key(from),
                amount,
                table(to % TABLES),
                key(to),
                amount,
                counter,
                counterKey(token));
    send(client, token, body, 1);
  }

  private static String counterKey(String token) {
    return "\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"x\"}".formatted(token);
  }

  /// Sends it again, with its token, until it is known what became of it; and sometimes when it is.
  private void send(Client client, String token, String body, int attempt) {
    client
        .region()
        .call(
            "TransactWriteItems",
            body,
            answer -> {
              session.answered("TransactWriteItems", answer);
              boolean open =
                  answer.isUnknown() || answer.error().equals("TransactionInProgressException");
              if (answer.isOk()) {
                transfers.put(token, true);
                session.region().hit("simulation.money-moved");
              }
              boolean again = open || (answer.isOk() && client.random().nextInt(4) == 0);
              if (again && attempt < ATTEMPTS_MAX) {
                session
                    .region()
                    .simulator()
                    .after(
                        1 + client.random().nextLong(200_000_000),
                        "send again",
                        () -> send(client, token, body, attempt + 1));
              } else {
                client.again();
              }
            });
  }

  /// Asks how often each transfer had its effect, when nothing goes wrong any more.
  public void audit() {
    left = transfers.size() + 1;
    call("TransactGetItems", totalBody(), this::checkTotal);
    transfers.forEach((token, happened) ->
        call(
            "GetItem",
            "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"Key\":{%s}}"
                .formatted(counters.get(token), counterKey(token)),
            answer -> checkCounter(token, happened, answer)));
  }

  private void call(String operation, String body, java.util.function.Consumer<Answer> check) {
    session
        .region()
        .call(
            operation,
            body,
            answer -> {
              if (answer.isOk()) {
                check.accept(answer);
                left--;
              } else {
                session
                    .region()
                    .simulator()
                    .after(50_000_000, "audit again", () -> call(operation, body, check));
              }
            });
  }

  private static void checkCounter(String token, boolean happened, Answer answer) {
    Matcher count = COUNT.matcher(answer.body());
    int hits = count.find() ? Integer.parseInt(count.group(1)) : 0;
    if (hits > 1 || (happened && hits == 0)) {
      throw new AssertionError(
          "transfer %s had %d effects, and is known to have happened: %b"
              .formatted(token, hits, happened));
    }
  }

  public boolean isAudited() {
    return left == 0;
  }

  /// Totals that were read.
  public int totals() {
    return totals;
  }
}
