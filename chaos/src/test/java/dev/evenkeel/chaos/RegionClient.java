package dev.evenkeel.chaos;

import dev.evenkeel.simulation.invariant.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One client of one node: conditional and plain writes, reads of both kinds, one at a time, never
/// repeated.
final class RegionClient implements Runnable {
  static final String OWNER = "all";

  private static final Duration AWAY = Duration.ofMillis(50);

  private final RegionLoad load;
  private final int port;
  private final Random random;
  private final long number;
  private long values;
  private @Nullable Connection connection;

  RegionClient(RegionLoad load, int port, long seed) {
    this.load = load;
    this.port = port;
    this.random = new Random(seed);
    this.number = seed;
  }

  @Override
  public void run() {
    while (!load.isStopped()) {
      Connection open = connect();
      if (open == null) {
        Await.pass(AWAY);
      } else {
        operate(open, load.key(random.nextInt()));
        if (open.isClosing()) {
          disconnect();
        }
      }
    }
    disconnect();
  }

  private @Nullable Connection connect() {
    if (connection == null) {
      try {
        connection = Connection.open(port);
      } catch (IOException away) {
        return null;
      }
    }
    return connection;
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private void operate(Connection open, SharedKey key) {
    load.counts().operations.incrementAndGet();
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> write(open, key, key.lastSeen());
      case 4 -> write(open, key, null);
      case 5, 6, 7 -> read(open, key);
      default -> readEventually(open, key);
    }
  }

  /// @param expected the value that the condition asks for; null: no condition
  private void write(Connection open, SharedKey key, @Nullable String expected) {
    String value = number + "-" + values++;
    Operation.Step step = state -> expected == null || state.equals(expected) ? value : null;
    String text = "put " + value + (expected == null ? "" : " if '" + expected + "'");
    Operation operation = key.beginWrite(text, load.now(), value, step);
    long sentAt = System.nanoTime();
    try {
      Answer answer = open.call("PutItem", put(key, value, expected));
      if (answer.isDone()) {
        key.end(operation, load.now(), step);
        key.sees(value);
        load.counts().wrote();
        load.counts().took(sentAt);
      } else if (answer.isConditionFailed()) {
        key.end(operation, load.now(), state -> state.equals(expected) ? null : state);
        load.counts().conditionsFailed.incrementAndGet();
        load.counts().took(sentAt);
      } else {
        mustBeServerError(answer);
        load.counts().failed(sentAt);
        unknown(key, operation);
      }
    } catch (IOException e) {
      unknown(key, operation);
      load.counts().broken.incrementAndGet();
      disconnect();
    }
  }

  private void unknown(SharedKey key, Operation operation) {
    key.unknown(operation);
    load.counts().unknown.incrementAndGet();
  }

  private static void mustBeServerError(Answer answer) {
    if (!answer.isServerError()) {
      throw new AssertionError("refused for no reason: " + answer);
    }
  }

  private static String put(SharedKey key, String value, @Nullable String expected) {
    String start = "{\"TableName\":\"chaos\",\"Item\":" + Table.item(OWNER, key.name(), value);
    if (expected == null) {
      return start + "}";
    }
    return expected.isEmpty()
        ? start + ",\"ConditionExpression\":\"attribute_not_exists(v)\"}"
        : start
            + ",\"ConditionExpression\":\"v = :e\",\"ExpressionAttributeValues\":{\":e\":{\"S\":\""
            + expected
            + "\"}}}";
  }

  private void read(Connection open, SharedKey key) {
    Operation operation = key.begin("read", load.now(), state -> state);
    String value = get(open, key, true);
    if (value == null) {
      key.forget(operation);
    } else {
      key.end(operation, load.now(), state -> state.equals(value) ? state : null);
      key.sees(value);
      load.counts().reads.incrementAndGet();
    }
  }

  private void readEventually(Connection open, SharedKey key) {
    String value = get(open, key, false);
    if (value != null) {
      key.seesLate(value);
      load.counts().eventualReads.incrementAndGet();
    }
  }

  /// The value, empty for none; null when there was no answer.
  private @Nullable String get(Connection open, SharedKey key, boolean consistent) {
    long sentAt = System.nanoTime();
    try {
      Answer answer =
          open.call(
              "GetItem",
              "{\"TableName\":\"chaos\",\"ConsistentRead\":"
                  + consistent
                  + ",\"Key\":"
                  + Table.key(OWNER, key.name())
                  + "}");
      if (answer.isDone()) {
        load.counts().took(sentAt);
        Object value = Json.at(answer.json(), "Item", "v", "S");
        return value == null ? "" : (String) value;
      }
      mustBeServerError(answer);
      load.counts().failed(sentAt);
    } catch (IOException e) {
      load.counts().broken.incrementAndGet();
      disconnect();
    }
    return null;
  }
}
