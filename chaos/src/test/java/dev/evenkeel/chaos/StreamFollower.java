package dev.evenkeel.chaos;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows a table's stream from its beginning with the four operations of streams, on one node
/// until that is away. After an error it goes on from the iterator that it had, or from the last
/// record that it saw.
final class StreamFollower {
  private final Sessions sessions;
  private final Random random;
  private final Consumer<Map<?, ?>> receiver;
  private final Map<Shard, Position> shards = new HashMap<>();
  private final AtomicLong interruptions = new AtomicLong();

  private record Shard(String stream, String id) {}

  /// Where it is in a shard: behind `last`, which is the empty text at the beginning.
  private record Position(String last, @Nullable String iterator) {}

  /// @param receiver is given each record, in the order of its shard
  StreamFollower(Sessions sessions, Random random, Consumer<Map<?, ?>> receiver) {
    this.sessions = sessions;
    this.random = random;
    this.receiver = receiver;
  }

  /// How often it got no answer, or an error.
  long interruptions() {
    return interruptions.get();
  }

  /// Reads what there is to read in all shards.
  ///
  /// @return how many records there were
  int poll() {
    String arn = shards.isEmpty() ? arn() : "";
    if (!arn.isEmpty()) {
      findShards(arn);
    }
    int records = 0;
    for (Map.Entry<Shard, Position> shard : shards.entrySet()) {
      records += read(shard);
    }
    return records;
  }

  private String arn() {
    Answer answer = call("ListStreams", "{\"TableName\": \"" + Table.NAME + "\"}");
    List<?> streams = answer == null ? List.of() : list(answer, "Streams");
    return streams.isEmpty() ? "" : text(streams.getFirst(), "StreamArn");
  }

  private void findShards(String arn) {
    Answer answer = call("DescribeStream", "{\"StreamArn\": \"" + arn + "\"}");
    if (answer != null) {
      Object description = Objects.requireNonNull(answer.json().get("StreamDescription"));
      for (Object shard : (List<?>) Objects.requireNonNull(Json.at(description, "Shards"))) {
        shards.put(new Shard(arn, text(shard, "ShardId")), new Position("", null));
      }
    }
  }

  private int read(Map.Entry<Shard, Position> shard) {
    Position position = shard.getValue();
    String iterator = position.iterator == null ? iterator(shard) : position.iterator;
    Answer answer =
        iterator == null
            ? null
            : call("GetRecords", "{\"Limit\": 100, \"ShardIterator\": \"" + iterator + "\"}");
    if (answer == null) {
      shard.setValue(new Position(position.last, random.nextBoolean() ? iterator : null));
      return 0;
    }
    String last = position.last;
    List<?> records = list(answer, "Records");
    for (Object record : records) {
      String number = text(Objects.requireNonNull(Json.at(record, "dynamodb")), "SequenceNumber");
      if (!last.isEmpty() && new BigInteger(number).compareTo(new BigInteger(last)) <= 0) {
        throw new AssertionError("record " + number + " behind " + last);
      }
      last = number;
      receiver.accept((Map<?, ?>) record);
    }
    shard.setValue(new Position(last, text(answer.json(), "NextShardIterator")));
    return records.size();
  }

  private @Nullable String iterator(Map.Entry<Shard, Position> shard) {
    String last = shard.getValue().last;
    String from =
        last.isEmpty()
            ? "\"TRIM_HORIZON\""
            : "\"AFTER_SEQUENCE_NUMBER\", \"SequenceNumber\": \"" + last + "\"";
    Answer answer =
        call(
            "GetShardIterator",
            "{\"StreamArn\": \"%s\", \"ShardId\": \"%s\", \"ShardIteratorType\": %s}"
                .formatted(shard.getKey().stream, shard.getKey().id, from));
    return answer == null ? null : text(answer.json(), "ShardIterator");
  }

  /// An answer without error, or null; then another node is next.
  private @Nullable Answer call(String operation, String body) {
    Answer answer = sessions.open().call(operation, body);
    if (answer != null && answer.isDone()) {
      return answer;
    }
    if (answer != null) {
      answer.mustBeServerError();
    }
    interruptions.incrementAndGet();
    sessions.next();
    return null;
  }

  private static List<?> list(Answer answer, String name) {
    return (List<?>) Objects.requireNonNull(answer.json().get(name), name);
  }

  private static String text(Object object, String name) {
    return (String) Objects.requireNonNull(Json.at(object, name), name);
  }
}
