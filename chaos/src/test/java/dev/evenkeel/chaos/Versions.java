package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// Writes the versions 1, 2, 3, … of each of a few keys, each exactly once: a write whose answer
/// stays away is repeated under the condition that the version before is there. So a stream of the
/// table must show just these, in this order.
final class Versions implements Runnable {
  private static final String OWNER = "followed";
  private static final int KEYS = 16;
  private static final Duration AWAY = Duration.ofMillis(50);
  private static final Duration PACE = Duration.ofMillis(2);

  private final int[] ports;
  private final AtomicLong written = new AtomicLong();
  private volatile boolean stopped;

  /// Of the keys; used by the one thread that runs, and by others when it has ended.
  private long rounds;

  /// @param ports of the nodes' endpoints
  Versions(int[] ports) {
    this.ports = ports.clone();
  }

  /// How many writes were acknowledged.
  long written() {
    return written.get();
  }

  /// It ends after the version that it is at.
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      rounds++;
      for (int key = 0; key < KEYS; key++) {
        write("key-" + key, rounds);
        Await.pass(PACE);
      }
    }
  }

  private void write(String key, long version) {
    for (long attempt = written.get(); ; attempt++) {
      try (Connection connection = Connection.open(ports[(int) (attempt % ports.length)])) {
        Answer answer = connection.call("PutItem", put(key, version));
        if (answer.isDone() || (answer.isConditionFailed() && isThere(connection, key, version))) {
          written.incrementAndGet();
          return;
        }
        if (!answer.isServerError()) {
          throw new AssertionError("refused for no reason: " + answer);
        }
      } catch (IOException away) {
        Await.pass(AWAY);
      }
    }
  }

  private static String put(String key, long version) {
    String condition =
        version == 1
            ? ",\"ConditionExpression\":\"attribute_not_exists(v)\""
            : ",\"ConditionExpression\":\"v = :e\",\"ExpressionAttributeValues\":{\":e\":{\"S\":\""
                + (version - 1)
                + "\"}}";
    return "{\"TableName\":\"chaos\",\"Item\":"
        + Table.item(OWNER, key, Long.toString(version))
        + condition
        + "}";
  }

  private static boolean isThere(Connection connection, String key, long version)
      throws IOException {
    String body =
        "{\"TableName\":\"chaos\",\"ConsistentRead\":true,\"Key\":" + Table.key(OWNER, key) + "}";
    Answer answer = connection.call("GetItem", body);
    if (!answer.isDone()) {
      throw new IOException(answer.toString());
    }
    return Long.toString(version).equals(Json.at(answer.json(), "Item", "v", "S"));
  }

  /// Whether these lines have all that was written.
  static boolean hasAll(List<StreamConsumer.Line> lines, long written) {
    return lines.stream().map(StreamConsumer.Line::sequenceNumber).distinct().count() >= written;
  }

  /// Judges what consumers got, one after the other: nothing is missing, also where one went back
  /// to its last checkpoint, and each key's versions come in order.
  ///
  /// @return how often one went back
  int verify(List<StreamConsumer.Line> lines) {
    return verify(lines, KEYS, rounds);
  }

  /// The same of that many keys and versions.
  static int verify(List<StreamConsumer.Line> lines, int keys, long rounds) {
    List<String> numbers =
        new ArrayList<>(
            new TreeSet<>(lines.stream().map(StreamConsumer.Line::sequenceNumber).toList()));
    Map<String, Integer> places = new HashMap<>();
    numbers.forEach(number -> places.put(number, places.size()));
    Map<String, List<String>> come = new HashMap<>();
    int before = -1;
    int seen = -1;
    int back = 0;
    for (StreamConsumer.Line line : lines) {
      int place = Objects.requireNonNull(places.get(line.sequenceNumber()));
      assertThat(place).as("place of %s, after %s", line, before).isLessThanOrEqualTo(before + 1);
      if (place <= before) {
        back++;
      }
      if (place > seen) {
        seen = place;
        come.computeIfAbsent(line.key(), _ -> new ArrayList<>()).add(line.value());
      }
      before = place;
    }
    Map<String, List<String>> wanted = new HashMap<>();
    for (int key = 0; key < keys; key++) {
      List<String> versions = wanted.computeIfAbsent("key-" + key, _ -> new ArrayList<>());
      for (long version = 1; version <= rounds; version++) {
        versions.add(Long.toString(version));
      }
    }
    assertThat(come).isEqualTo(wanted);
    return back;
  }
}
