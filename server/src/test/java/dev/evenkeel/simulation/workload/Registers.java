package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.invariant.History;
import dev.evenkeel.simulation.invariant.Operation;
import java.util.ArrayList;
import java.util.List;

/// Items that are put, replaced on condition, deleted and read, one by one and in batches. Every
/// put has a value of its own. State: the value, or [#ABSENT].
public final class Registers implements Workload {
  private static final String ABSENT = "-";

  private final Session session;
  private final int clients;
  private final Keys keys;

  public Registers(Session session, int clients) {
    this.session = session;
    this.clients = clients;
    this.keys = new Keys(session, "r", 6, ABSENT);
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      new Client(session, "registers/" + i, this::act).start();
    }
  }

  private void act(Client client) {
    History history = keys.any(client.random());
    switch (client.random().nextInt(6)) {
      case 0 -> put(client, history, "");
      case 1 -> put(client, history, ",\"ConditionExpression\":\"attribute_not_exists(pk)\"");
      case 2 -> delete(client, history);
      case 3 -> writeBatch(client);
      case 4 -> readBatch(client);
      default -> read(client, history);
    }
  }

  private void read(Client client, History history) {
    Operation read = invoke(history, "read", state -> state);
    String body =
        "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"Key\":{%s}}"
            .formatted(Session.TABLE, Keys.json(history.key()));
    client.call(
        "GetItem",
        body,
        answer -> {
          String value = answer.string("v");
          settleRead(history, read, answer, value == null ? ABSENT : value);
        });
  }

  private void settleRead(History history, Operation read, Answer answer, String seen) {
    if (answer.isOk()) {
      returned(read, state -> state.equals(seen) ? state : null);
    } else {
      history.forget(read);
    }
  }

  /// @param condition empty, or that there is no such item
  private void put(Client client, History history, String condition) {
    String marker = client.region().markers().create();
    boolean always = condition.isEmpty();
    Operation.Step write = state -> always || state.equals(ABSENT) ? marker : null;
    Operation put = invoke(history, (always ? "put " : "create ") + marker, write);
    String body =
        "{\"TableName\":\"%s\",\"Item\":{%s}%s}"
            .formatted(Session.TABLE, item(history, marker), condition);
    client.call(
        "PutItem",
        body,
        answer -> {
          if (answer.isOk()) {
            session.acknowledged(marker);
            returned(put, write);
          } else if (answer.isConditionFailed()) {
            returned(put, state -> state.equals(ABSENT) ? null : state);
          } else {
            Counters.settleFailure(history, put, answer);
          }
        });
  }

  private void delete(Client client, History history) {
    Operation delete = invoke(history, "delete", _ -> ABSENT);
    String body =
        "{\"TableName\":\"%s\",\"Key\":{%s},\"ReturnValues\":\"ALL_OLD\"}"
            .formatted(Session.TABLE, Keys.json(history.key()));
    client.call(
        "DeleteItem",
        body,
        answer -> {
          String value = answer.string("v");
          String seen = value == null ? ABSENT : value;
          if (answer.isOk()) {
            returned(delete, state -> state.equals(seen) ? ABSENT : null);
          } else {
            Counters.settleFailure(history, delete, answer);
          }
        });
  }

  private record Put(History history, String marker, Operation operation) {}

  private void writeBatch(Client client) {
    List<Put> puts = new ArrayList<>();
    StringBuilder requests = new StringBuilder();
    for (History history : keys.some(client.random(), 1 + client.random().nextInt(5))) {
      String marker = client.region().markers().create();
      puts.add(new Put(history, marker, invoke(history, "batch put " + marker, _ -> marker)));
      requests.append(requests.isEmpty() ? "" : ",");
      requests.append("{\"PutRequest\":{\"Item\":{").append(item(history, marker)).append("}}}");
    }
    String body = "{\"RequestItems\":{\"%s\":[%s]}}".formatted(Session.TABLE, requests);
    client.call("BatchWriteItem", body, answer -> puts.forEach(put -> settleBatch(put, answer)));
  }

  /// One put of a batch that failed as a whole may have happened all the same.
  private void settleBatch(Put put, Answer answer) {
    if (answer.kind() == Answer.Kind.NEVER_SENT) {
      put.history.forget(put.operation);
    } else if (!answer.isOk() || answer.body().contains(put.marker)) {
      put.operation.unknown();
    } else {
      session.acknowledged(put.marker);
      returned(put.operation, _ -> put.marker);
    }
  }

  private void readBatch(Client client) {
    List<History> histories = keys.some(client.random(), 1 + client.random().nextInt(5));
    List<Operation> reads = new ArrayList<>();
    StringBuilder requested = new StringBuilder();
    for (History history : histories) {
      reads.add(invoke(history, "batch read", state -> state));
      requested.append(requested.isEmpty() ? "{" : ",{");
      requested.append(Keys.json(history.key())).append('}');
    }
    String body =
        "{\"RequestItems\":{\"%s\":{\"ConsistentRead\":true,\"Keys\":[%s]}}}"
            .formatted(Session.TABLE, requested);
    client.call(
        "BatchGetItem",
        body,
        answer -> {
          boolean whole = answer.isOk() && answer.body().endsWith("\"UnprocessedKeys\":{}}");
          List<String> found = answer.strings("sk");
          List<String> values = answer.strings("v");
          for (int i = 0; i < reads.size(); i++) {
            int at = found.indexOf(histories.get(i).key());
            if (whole) {
              settleRead(histories.get(i), reads.get(i), answer, at < 0 ? ABSENT : values.get(at));
            } else {
              histories.get(i).forget(reads.get(i));
            }
          }
        });
  }

  private String item(History history, String marker) {
    return "%s,\"v\":{\"S\":\"%s\"},\"filler\":{\"S\":\"%s\"}"
        .formatted(Keys.json(history.key()), marker, session.padding());
  }

  private Operation invoke(History history, String text, Operation.Step step) {
    return history.invoke(text, session.histories().now(), step);
  }

  private void returned(Operation operation, Operation.Step observed) {
    operation.returned(session.histories().now(), observed);
  }
}
