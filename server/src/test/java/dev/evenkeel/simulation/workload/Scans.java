package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Walks over the whole table, page by page, while it changes: every item that nobody touches is
/// seen exactly once, and none is seen twice. Queries walk a collection, in order.
public final class Scans implements Workload {
  private static final Pattern LAST = Pattern.compile("\"LastEvaluatedKey\":(\\{.*?\\}\\})");

  private final Session session;
  private final int items;
  private final TreeSet<String> stable = new TreeSet<>();

  public Scans(Session session, int items) {
    this.session = session;
    this.items = items;
  }

  @Override
  public void start() {
    new Client(session, "scans/writer", this::write).start();
    new Client(session, "scans/scanner", client -> page(client, new Walk("Scan"))).start();
    new Client(session, "scans/queries", client -> page(client, new Walk("Query"))).start();
  }

  /// Puts the stable items, each until it is acknowledged; then reads one.
  private void write(Client client) {
    String key = "s" + (stable.size() < items ? stable.size() : client.random().nextInt(items));
    if (stable.contains(key)) {
      client.call(
          "GetItem",
          "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"Key\":{%s}}"
              .formatted(Session.TABLE, Keys.json(key + "s")),
          answer -> require(!answer.isOk() || answer.body().contains("pk"), key + " is gone"));
      return;
    }
    String body =
        "{\"TableName\":\"%s\",\"Item\":{%s,\"v\":{\"S\":\"stable\"},\"filler\":{\"S\":\"%s\"}}}"
            .formatted(Session.TABLE, Keys.json(key + "s"), session.padding());
    client.call(
        "PutItem",
        body,
        answer -> {
          if (answer.isOk()) {
            stable.add(key);
          }
        });
  }

  /// One walk from the first page to the last.
  private final class Walk {
    private final String operation;
    private final TreeSet<String> expected = new TreeSet<>(stable);
    private final List<String> seen = new ArrayList<>();
    private String from = "";

    Walk(String operation) {
      this.operation = operation;
    }

    String body(int limit) {
      String range =
          operation.equals("Scan")
              ? ""
              : ",\"KeyConditionExpression\":\"pk = :p\",\"ExpressionAttributeValues\":{\":p\":{\"S\":\"s1\"}}";
      return "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"Limit\":%d%s%s}"
          .formatted(Session.TABLE, limit, range, from);
    }

    /// True when there is another page.
    boolean take(Answer answer) {
      seen.addAll(answer.strings("sk"));
      Matcher last = LAST.matcher(answer.body());
      if (last.find()) {
        seen.remove(seen.size() - 1);
        from = ",\"ExclusiveStartKey\":" + last.group(1);
        return true;
      }
      return false;
    }

    void check() {
      List<String> sorted = new ArrayList<>(seen);
      Collections.sort(sorted);
      require(new TreeSet<>(seen).size() == seen.size(), "an item was seen twice: " + sorted);
      if (operation.equals("Query")) {
        require(sorted.equals(seen), "not in order: " + seen);
        expected.removeIf(key -> !key.startsWith("s1"));
      }
      for (String key : expected) {
        require(seen.contains(key + "s"), key + " was not seen in " + sorted);
      }
    }
  }

  private void page(Client client, Walk walk) {
    client
        .region()
        .call(
            walk.operation,
            walk.body(1 + client.random().nextInt(20)),
            answer -> {
              boolean more = !answer.isOk() || walk.take(answer);
              if (!session.isRunning()) {
                return;
              }
              session.answered(walk.operation, answer);
              if (more) {
                client.region().simulator().after(1_000_000, "page", () -> page(client, walk));
              } else {
                walk.check();
                client.region().hit("simulation.walk-completed");
                client.again();
              }
            });
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
