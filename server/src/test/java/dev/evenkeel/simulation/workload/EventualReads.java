package dev.evenkeel.simulation.workload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Items that are put and read by whatever replica is near: a read may be behind, but what it sees
/// was written once, under that key.
public final class EventualReads implements Workload {
  private static final int KEYS = 3;

  private final Session session;
  private final int clients;
  private final List<Set<String>> written = new ArrayList<>();

  public EventualReads(Session session, int clients) {
    this.session = session;
    this.clients = clients;
    for (int key = 0; key < KEYS; key++) {
      written.add(new HashSet<>());
    }
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      new Client(session, "eventual/" + i, this::act).start();
    }
  }

  private void act(Client client) {
    int key = client.random().nextInt(KEYS);
    if (client.random().nextInt(3) == 0) {
      put(client, key);
    } else {
      read(client, key);
    }
  }

  private void put(Client client, int key) {
    String marker = client.region().markers().create();
    written.get(key).add(marker);
    String body =
        "{\"TableName\":\"%s\",\"Item\":{%s,\"v\":{\"S\":\"%s\"}}}"
            .formatted(Session.TABLE, Keys.json("e" + key), marker);
    client.call(
        "PutItem",
        body,
        answer -> {
          if (answer.isOk()) {
            session.acknowledged(marker);
          }
        });
  }

  private void read(Client client, int key) {
    String body =
        "{\"TableName\":\"%s\",\"ConsistentRead\":false,\"Key\":{%s}}"
            .formatted(Session.TABLE, Keys.json("e" + key));
    client.call(
        "GetItem",
        body,
        answer -> {
          String value = answer.string("v");
          if (value != null && !written.get(key).contains(value)) {
            throw new AssertionError("a read of e" + key + " saw " + value + ", never put there");
          }
        });
  }
}
