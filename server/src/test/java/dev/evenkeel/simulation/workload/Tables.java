package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One client that creates a table, fills it, counts it, deletes it, and begins again under the
/// same name: a new table must be empty, and every step must come to its end whatever happens
/// meanwhile.
public final class Tables implements Workload {
  private static final String NAME = "Passing";
  private static final Pattern COUNT = Pattern.compile("\"Count\":([0-9]+)");

  private final Session session;
  private final int items;
  private int cycles;
  private int acknowledged;
  private int attempted;

  public Tables(Session session, int items) {
    this.session = session;
    this.items = items;
  }

  @Override
  public void start() {
    new Client(session, "tables", this::create).start();
  }

  /// Whether a table went through its whole life since the workload began.
  public int cycles() {
    return cycles;
  }

  private void create(Client client) {
    acknowledged = 0;
    attempted = 0;
    call(client, "CreateTable", Session.creation(NAME), this::awaitActive);
  }

  private void awaitActive(Client client, Answer answer) {
    call(
        client,
        "DescribeTable",
        "{\"TableName\":\"" + NAME + "\"}",
        (same, table) -> {
          if (table.error().equals("ResourceNotFoundException")) {
            create(same);
          } else if (table.body().contains("\"TableStatus\":\"ACTIVE\"")) {
            count(same);
          } else {
            awaitActive(same, table);
          }
        });
  }

  /// Counts what is there, then puts one more; in the end deletes the table.
  private void count(Client client) {
    String scan = "{\"TableName\":\"" + NAME + "\",\"Select\":\"COUNT\",\"ConsistentRead\":true}";
    call(
        client,
        "Scan",
        scan,
        (same, answer) -> {
          Matcher count = COUNT.matcher(answer.body());
          if (answer.isOk() && count.find()) {
            int found = Integer.parseInt(count.group(1));
            if (found < acknowledged || found > attempted) {
              throw new AssertionError(
                  "%d items of %d acknowledged and %d attempted"
                      .formatted(found, acknowledged, attempted));
            }
          }
          if (attempted < items) {
            put(same);
          } else {
            delete(same);
          }
        });
  }

  private void put(Client client) {
    String body =
        "{\"TableName\":\"%s\",\"Item\":{%s,\"v\":{\"S\":\"%s\"},\"filler\":{\"S\":\"%s\"}}}"
            .formatted(
                NAME,
                Keys.json("t" + attempted++),
                client.region().markers().create(),
                session.padding().repeat(4));
    call(
        client,
        "PutItem",
        body,
        (same, answer) -> {
          acknowledged += answer.isOk() ? 1 : 0;
          count(same);
        });
  }

  private void delete(Client client) {
    String body = "{\"TableName\":\"" + NAME + "\"}";
    call(client, "DeleteTable", body, (same, answer) -> awaitGone(same));
  }

  private void awaitGone(Client client) {
    call(
        client,
        "DescribeTable",
        "{\"TableName\":\"" + NAME + "\"}",
        (same, table) -> {
          if (table.error().equals("ResourceNotFoundException")) {
            cycles++;
            same.region().hit("simulation.table-came-and-went");
            create(same);
          } else if (table.body().contains("\"TableStatus\":\"ACTIVE\"")) {
            delete(same);
          } else {
            awaitGone(same);
          }
        });
  }

  /// What happens with an answer, on the same client.
  private interface Next {
    void go(Client client, Answer answer);
  }

  private void call(Client client, String operation, String body, Next next) {
    client
        .region()
        .call(
            operation,
            body,
            answer -> {
              session.counted(operation, answer);
              if (session.isRunning()) {
                client
                    .region()
                    .simulator()
                    .after(1_000_000, "think", () -> next.go(client, answer));
              }
            });
  }
}
