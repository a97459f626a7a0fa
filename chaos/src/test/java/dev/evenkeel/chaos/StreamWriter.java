package dev.evenkeel.chaos;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/// The only writer of the items of its owner: puts, updates and deletes, each of which changes the
/// item if it happens.
final class StreamWriter implements Runnable {
  private static final int KEYS = 4;

  /// Mutations after which a key gives its place to a fresh one.
  private static final int MUTATIONS_MAX = 40;

  private final StreamLoad load;
  private final Sessions sessions;
  private final Random random;
  private final String owner;
  private final Map<String, Mutations> items = new ConcurrentHashMap<>();
  private final String[] live = new String[KEYS];
  private int names;
  private int values;

  StreamWriter(StreamLoad load, Sessions sessions, long seed, int number) {
    this.load = load;
    this.sessions = sessions;
    this.random = new Random(seed * 1_000 + number);
    this.owner = "writer-" + number;
    for (int i = 0; i < KEYS; i++) {
      live[i] = fresh();
    }
  }

  private String fresh() {
    String name = "item-" + names++;
    items.put(name, new Mutations());
    return name;
  }

  String owner() {
    return owner;
  }

  /// By the items' names.
  Map<String, Mutations> items() {
    return items;
  }

  @Override
  public void run() {
    try (sessions) {
      while (!load.isStopped()) {
        int place = random.nextInt(KEYS);
        Mutations item = items.get(live[place]);
        if (item == null || !item.isCertain() || item.size() >= MUTATIONS_MAX) {
          live[place] = fresh();
        } else {
          mutate(live[place], item);
        }
      }
    }
  }

  private void mutate(String name, Mutations item) {
    String value = owner + "-" + values++;
    boolean isThere = !item.value().isEmpty();
    switch (random.nextInt(isThere ? 4 : 1)) {
      case 0 -> mutate(item, "PutItem", value, "\"Item\": " + Table.item(owner, name, value));
      case 1 ->
          mutate(
              item,
              "DeleteItem",
              "",
              "\"ConditionExpression\": \"attribute_exists(v)\", \"Key\": "
                  + Table.key(owner, name));
      default ->
          mutate(
              item,
              "UpdateItem",
              value,
              "\"UpdateExpression\": \"SET v = :v\", \"ExpressionAttributeValues\": {\":v\":"
                  + " {\"S\": \""
                  + value
                  + "\"}}, \"Key\": "
                  + Table.key(owner, name));
    }
  }

  private void mutate(Mutations item, String operation, String value, String members) {
    load.counts().operations.incrementAndGet();
    sessions.home();
    long sentAt = System.nanoTime();
    Answer answer =
        sessions.open().call(operation, "{\"TableName\": \"" + Table.NAME + "\", " + members + "}");
    if (answer != null && answer.isDone()) {
      item.happened(value);
      load.counts().wrote();
      return;
    }
    item.mayHaveHappened(value);
    load.counts().unknown.incrementAndGet();
    if (answer == null) {
      load.counts().broken.incrementAndGet();
    } else {
      answer.mustBeServerError();
      load.counts().failed(sentAt);
      sessions.rest();
    }
  }
}
