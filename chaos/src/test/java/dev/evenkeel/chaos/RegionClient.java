package dev.evenkeel.chaos;

import dev.evenkeel.simulation.invariant.Operation;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One client of one node: conditional and plain writes, reads of both kinds, one at a time, never
/// repeated.
final class RegionClient implements Runnable {
  static final String OWNER = "all";

  private static final Duration AWAY = Duration.ofMillis(50);

  private final RegionLoad load;
  private final Session session;
  private final Random random;
  private final long number;
  private long values;

  /// @param session with the node whose client this is
  RegionClient(RegionLoad load, Session session, long seed) {
    this.load = load;
    this.session = session;
    this.random = new Random(seed);
    this.number = seed;
  }

  @Override
  public void run() {
    try (session) {
      while (!load.isStopped()) {
        if (session.isOpen()) {
          operate(load.key(random.nextInt()));
        } else {
          Await.pass(AWAY);
        }
      }
    }
  }

  private void operate(SharedKey key) {
    load.counts().operations.incrementAndGet();
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> write(key, key.lastSeen());
      case 4 -> write(key, null);
      case 5, 6, 7 -> read(key);
      default -> readEventually(key);
    }
  }

  /// @param expected the value that the condition asks for; null: no condition
  private void write(SharedKey key, @Nullable String expected) {
    String value = number + "-" + values++;
    Operation.Step step = state -> expected == null || state.equals(expected) ? value : null;
    String text = "put " + value + (expected == null ? "" : " if '" + expected + "'");
    Operation operation = key.beginWrite(text, load.now(), value, step);
    long sentAt = System.nanoTime();
    Answer answer = session.call("PutItem", put(key, value, expected));
    if (answer == null) {
      load.counts().broken.incrementAndGet();
      unknown(key, operation);
    } else if (answer.isDone()) {
      key.end(operation, load.now(), step);
      key.sees(value);
      load.counts().wrote();
      load.counts().took(sentAt);
    } else if (answer.isConditionFailed()) {
      key.end(operation, load.now(), state -> state.equals(expected) ? null : state);
      key.refused(value);
      load.counts().conditionsFailed.incrementAndGet();
      load.counts().took(sentAt);
    } else {
      answer.mustBeServerError();
      load.counts().failed(sentAt);
      unknown(key, operation);
    }
  }

  private void unknown(SharedKey key, Operation operation) {
    key.unknown(operation);
    load.counts().unknown.incrementAndGet();
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

  private void read(SharedKey key) {
    Operation operation = key.begin("read", load.now(), state -> state);
    String value = get(key, true);
    if (value == null) {
      key.forget(operation);
    } else {
      key.end(operation, load.now(), state -> state.equals(value) ? state : null);
      key.sees(value);
      load.counts().reads.incrementAndGet();
    }
  }

  private void readEventually(SharedKey key) {
    String value = get(key, false);
    if (value != null) {
      key.seesLate(value);
      load.counts().eventualReads.incrementAndGet();
    }
  }

  /// The value, empty for none; null when there was no answer.
  private @Nullable String get(SharedKey key, boolean consistent) {
    long sentAt = System.nanoTime();
    Answer answer =
        session.call(
            "GetItem",
            "{\"TableName\":\"chaos\",\"ConsistentRead\":"
                + consistent
                + ",\"Key\":"
                + Table.key(OWNER, key.name())
                + "}");
    if (answer == null) {
      load.counts().broken.incrementAndGet();
      return null;
    }
    if (!answer.isDone()) {
      answer.mustBeServerError();
      load.counts().failed(sentAt);
      return null;
    }
    load.counts().took(sentAt);
    Object value = Json.at(answer.json(), "Item", "v", "S");
    return value == null ? "" : (String) value;
  }
}
