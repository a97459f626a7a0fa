package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.invariant.History;
import dev.evenkeel.simulation.invariant.Operation;
import org.jspecify.annotations.Nullable;

/// Counters that are added to, read, and advanced on condition of what they were. State: the
/// number.
public final class Counters implements Workload {
  private static final String ABSENT = "0";

  private final Session session;
  private final int clients;
  private final Keys keys;

  public Counters(Session session, int clients) {
    this.session = session;
    this.clients = clients;
    this.keys = new Keys(session, "c", 4, ABSENT);
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      new Client(session, "counters/" + i, this::act).start();
    }
  }

  private void act(Client client) {
    History history = keys.any(client.random());
    switch (client.random().nextInt(3)) {
      case 0 -> read(client, history);
      case 1 -> add(client, history);
      default -> readThenAdvance(client, history);
    }
  }

  private void read(Client client, History history) {
    Operation read = history.invoke("read", session.histories().now(), state -> state);
    client.call("GetItem", get(history), answer -> settleRead(history, read, answer));
  }

  /// Settles a read; the number read, or null where there is no answer.
  private @Nullable String settleRead(History history, Operation read, Answer answer) {
    if (!answer.isOk()) {
      history.forget(read);
      return null;
    }
    String number = answer.number("n");
    String seen = number == null ? ABSENT : number;
    read.returned(session.histories().now(), state -> state.equals(seen) ? state : null);
    return seen;
  }

  private void add(Client client, History history) {
    String marker = client.region().markers().create();
    Operation add = history.invoke("add", session.histories().now(), Counters::increased);
    String body =
        """
        {"TableName":"%s","Key":{%s},"UpdateExpression":"ADD n :one SET v = :m, filler = :p",\
        "ExpressionAttributeValues":{":one":{"N":"1"},":m":{"S":"%s"},":p":{"S":"%s"}},\
        "ReturnValues":"UPDATED_NEW"}\
        """
            .formatted(Session.TABLE, Keys.json(history.key()), marker, session.padding());
    client.call(
        "UpdateItem",
        body,
        answer -> {
          if (answer.isOk()) {
            session.acknowledged(marker);
            String result = String.valueOf(answer.number("n"));
            add.returned(
                session.histories().now(),
                state -> increased(state).equals(result) ? result : null);
          } else {
            settleFailure(history, add, answer);
          }
        });
  }

  private void readThenAdvance(Client client, History history) {
    Operation read = history.invoke("read", session.histories().now(), state -> state);
    client
        .region()
        .call(
            "GetItem",
            get(history),
            answer -> {
              String seen = settleRead(history, read, answer);
              advance(client, history, seen == null ? ABSENT : seen);
            });
  }

  private void advance(Client client, History history, String expected) {
    String marker = client.region().markers().create();
    Operation advance =
        history.invoke(
            "advance from " + expected,
            session.histories().now(),
            state -> state.equals(expected) ? increased(state) : null);
    String condition = expected.equals(ABSENT) ? "attribute_not_exists(n)" : "n = :old";
    String old = expected.equals(ABSENT) ? "" : ",\":old\":{\"N\":\"" + expected + "\"}";
    String body =
        """
        {"TableName":"%s","Key":{%s},"UpdateExpression":"SET n = :new, v = :m",\
        "ConditionExpression":"%s","ReturnValuesOnConditionCheckFailure":"ALL_OLD",\
        "ExpressionAttributeValues":{":new":{"N":"%s"},":m":{"S":"%s"}%s}}\
        """
            .formatted(
                Session.TABLE,
                Keys.json(history.key()),
                condition,
                increased(expected),
                marker,
                old);
    client.call(
        "UpdateItem",
        body,
        answer -> {
          if (answer.isOk()) {
            session.acknowledged(marker);
            advance.returned(
                session.histories().now(),
                state -> state.equals(expected) ? increased(state) : null);
          } else if (answer.isConditionFailed()) {
            client.region().hit("simulation.condition-failed");
            String number = answer.number("n");
            String seen = number == null ? ABSENT : number;
            advance.returned(
                session.histories().now(),
                state -> state.equals(seen) && !seen.equals(expected) ? state : null);
          } else {
            settleFailure(history, advance, answer);
          }
        });
  }

  static void settleFailure(History history, Operation operation, Answer answer) {
    if (answer.isUnknown()) {
      operation.unknown();
    } else {
      history.forget(operation);
    }
  }

  private static String increased(String state) {
    return Long.toString(Long.parseLong(state) + 1);
  }

  private static String get(History history) {
    return "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"Key\":{%s}}"
        .formatted(Session.TABLE, Keys.json(history.key()));
  }
}
