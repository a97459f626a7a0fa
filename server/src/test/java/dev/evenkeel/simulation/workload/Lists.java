package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.invariant.History;
import dev.evenkeel.simulation.invariant.Operation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lists that are appended to and read. State: the elements in order, each with a comma behind it.
public final class Lists implements Workload {
  private static final Pattern ELEMENT = Pattern.compile("\"S\":\"(~w[0-9]+)\"");

  private final Session session;
  private final int clients;
  private final Keys keys;

  public Lists(Session session, int clients) {
    this.session = session;
    this.clients = clients;
    this.keys = new Keys(session, "l", 3, "");
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      new Client(session, "lists/" + i, this::act).start();
    }
  }

  private void act(Client client) {
    History history = keys.any(client.random());
    if (client.random().nextBoolean()) {
      append(client, history);
    } else {
      read(client, history);
    }
  }

  private void append(Client client, History history) {
    String marker = client.region().markers().create();
    Operation.Step step = state -> state + marker + ",";
    Operation append = history.invoke("append " + marker, session.histories().now(), step);
    String body =
        """
        {"TableName":"%s","Key":{%s},\
        "UpdateExpression":"SET l = list_append(if_not_exists(l, :none), :new)",\
        "ExpressionAttributeValues":{":none":{"L":[]},":new":{"L":[{"S":"%s"}]}},\
        "ReturnValues":"UPDATED_NEW"}\
        """
            .formatted(Session.TABLE, Keys.json(history.key()), marker);
    client.call(
        "UpdateItem",
        body,
        answer -> {
          if (answer.isOk()) {
            session.acknowledged(marker);
            String seen = elements(answer.body());
            append.returned(
                session.histories().now(),
                state -> (state + marker + ",").equals(seen) ? seen : null);
          } else {
            Counters.settleFailure(history, append, answer);
          }
        });
  }

  private void read(Client client, History history) {
    Operation read = history.invoke("read", session.histories().now(), state -> state);
    String body =
        "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"Key\":{%s}}"
            .formatted(Session.TABLE, Keys.json(history.key()));
    client.call(
        "GetItem",
        body,
        answer -> {
          if (answer.isOk()) {
            String seen = elements(answer.body());
            read.returned(session.histories().now(), state -> state.equals(seen) ? state : null);
          } else {
            history.forget(read);
          }
        });
  }

  private static String elements(String body) {
    Matcher matcher = ELEMENT.matcher(body);
    StringBuilder elements = new StringBuilder();
    while (matcher.find()) {
      elements.append(matcher.group(1)).append(',');
    }
    return elements.toString();
  }
}
