package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One client that follows the stream of the table, from any node, now and then from where it was
/// by a new iterator.
///
/// Each record has to continue its key where the record before left it: so none is lost, doubled or
/// out of its order. In the end the records make up the table, and every acknowledged write is
/// among them.
public final class StreamFollower implements Workload {
  private static final Pattern ARN = Pattern.compile("\"LatestStreamArn\":\"([^\"]*)\"");
  private static final Pattern SHARD = Pattern.compile("\"ShardId\":\"([^\"]*)\"");
  private static final Pattern ITERATOR = Pattern.compile("ShardIterator\":\"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("\"SequenceNumber\":\"([^\"]*)\"");
  private static final Pattern NAME = Pattern.compile("\"eventName\":\"([^\"]*)\"");
  private static final Pattern STRING = Pattern.compile("\"S\":\"([^\"]*)\"");
  private static final Pattern UNTIL =
      Pattern.compile("\"" + Expiring.ATTRIBUTE + "\":\\{\"N\":\"([0-9]*)\"");
  private static final int PAGE_MAX = 100;
  private static final int NEW_ITERATOR_ONE_IN = 8;

  private final Session session;
  private final RandomGenerator random;

  /// What the records make of the items, by key.
  private final Map<String, String> items = new TreeMap<>();

  /// All strings that items had.
  private final Set<String> strings = new HashSet<>();

  private String arn = "";
  private String shard = "";
  private @Nullable String iterator;
  private String last = "";

  /// The next page begins with the last record once more.
  private boolean again;

  private boolean drained;

  /// Records went before they were read; from there on nothing can be said.
  private boolean trimmed;

  public StreamFollower(Session session) {
    this.session = session;
    this.random = session.region().simulator().stream("followed");
  }

  @Override
  public void start() {
    new Client(session, "follower", this::act).start();
  }

  private void act(Client client) {
    if (trimmed) {
      return;
    }
    Step step = next(random.nextInt(NEW_ITERATOR_ONE_IN) == 0, random.nextBoolean());
    client
        .region()
        .call(
            step.operation,
            step.body,
            answer -> {
              take(step, answer);
              client.again();
            });
  }

  private record Step(String operation, String body) {}

  /// @param anew whether to ask for a new iterator
  /// @param at whether that begins at the last record once more
  private Step next(boolean anew, boolean at) {
    if (arn.isEmpty()) {
      return new Step("DescribeTable", "{\"TableName\":\"" + Session.TABLE + "\"}");
    }
    if (shard.isEmpty()) {
      return new Step("DescribeStream", "{\"StreamArn\":\"" + arn + "\"}");
    }
    if (iterator == null || (anew && !last.isEmpty())) {
      again = !last.isEmpty() && at;
      String type =
          last.isEmpty() ? "TRIM_HORIZON" : at ? "AT_SEQUENCE_NUMBER" : "AFTER_SEQUENCE_NUMBER";
      String number = last.isEmpty() ? "" : ",\"SequenceNumber\":\"" + last + "\"";
      return new Step(
          "GetShardIterator",
          "{\"StreamArn\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"%s\"%s}"
              .formatted(arn, shard, type, number));
    }
    int limit = 1 + random.nextInt(PAGE_MAX);
    return new Step(
        "GetRecords", "{\"ShardIterator\":\"%s\",\"Limit\":%d}".formatted(iterator, limit));
  }

  private void take(Step step, Answer answer) {
    if (!answer.isOk()) {
      refused(step, answer);
      return;
    }
    String body = answer.body();
    switch (step.operation) {
      case "DescribeTable" -> arn = found(ARN, body);
      case "DescribeStream" -> shard = body.contains("\"ShardId\"") ? found(SHARD, body) : "";
      case "GetShardIterator" -> iterator = found(ITERATOR, body);
      default -> {
        List<String> records = objects(body);
        drained = records.isEmpty();
        for (String record : records) {
          take(record);
        }
        iterator = found(ITERATOR, body);
      }
    }
  }

  /// Where somebody has set a node's clock, an iterator may be old, and records gone, before their
  /// time.
  private void refused(Step step, Answer answer) {
    iterator = null;
    switch (answer.error()) {
      case "", "ServiceUnavailable", "InternalServerError" -> {}
      case "ExpiredIteratorException" -> session.region().hit("simulation.iterator-expired");
      case "TrimmedDataAccessException" -> trimmed = true;
      default -> throw new AssertionError(step + " was answered " + answer);
    }
  }

  private void take(String record) {
    String number = found(NUMBER, record);
    if (again) {
      again = false;
      require(number.equals(last), "begins elsewhere than at " + last, record);
      return;
    }
    require(number.compareTo(last) > 0, "goes back behind " + last, record);
    last = number;
    String key = object("Keys", record);
    String before = object("OldImage", record);
    String after = object("NewImage", record);
    String known = items.getOrDefault(key, "");
    require(before.equals(known), "does not go on from " + known, record);
    require(!before.equals(after), "changes nothing", record);
    String name = before.isEmpty() ? "INSERT" : after.isEmpty() ? "REMOVE" : "MODIFY";
    require(found(NAME, record).equals(name), "is no " + name, record);
    if (record.contains("\"userIdentity\"")) {
      require(after.isEmpty() && hasExpired(before), "deletes what has not expired", record);
      session.region().hit("simulation.followed-an-expiry");
    }
    items.put(key, after);
    Matcher string = STRING.matcher(after);
    while (string.find()) {
      strings.add(string.group(1));
    }
    session.region().hit("simulation.followed-a-change");
  }

  private static boolean hasExpired(String item) {
    Matcher until = UNTIL.matcher(item);
    return until.find() && Long.parseLong(until.group(1)) <= Expiring.PAST;
  }

  private static void require(boolean holds, String otherwise, String record) {
    if (!holds) {
      throw new AssertionError("a record of the stream " + otherwise + ": " + record);
    }
  }

  /// Reads on to the end, which has to be still.
  ///
  /// @param done called at the end
  public void drain(Runnable done) {
    Step step = next(false, false);
    session
        .region()
        .call(
            step.operation,
            step.body,
            answer -> {
              drained = false;
              take(step, answer);
              if (drained || trimmed) {
                done.run();
              } else {
                drain(done);
              }
            });
  }

  /// Compares what the stream has told with the table, at rest.
  ///
  /// @param scanned all items, as JSON, each once
  public void check(Set<String> scanned) {
    if (trimmed) {
      session.region().hit("simulation.records-trimmed");
      return;
    }
    Set<String> followed = new HashSet<>(items.values());
    followed.remove("");
    if (!followed.equals(scanned)) {
      Set<String> more = new HashSet<>(followed);
      more.removeAll(scanned);
      Set<String> less = new HashSet<>(scanned);
      less.removeAll(followed);
      throw new AssertionError(
          "the stream makes up another table, with %s, without %s".formatted(more, less));
    }
    for (String marker : session.acknowledged()) {
      if (!strings.contains(marker)) {
        throw new AssertionError("an acknowledged write is not in the stream: " + marker);
      }
    }
    for (String item : scanned) {
      if (hasExpired(item)) {
        throw new AssertionError("an item that has expired is still there: " + item);
      }
    }
  }

  /// The items of an answer to a Scan, or the records of one to GetRecords.
  public static List<String> objects(String body) {
    List<String> objects = new ArrayList<>();
    int from = body.indexOf('[') + 1;
    while (from > 0 && from < body.length() && body.charAt(from) != ']') {
      from = body.charAt(from) == ',' ? from + 1 : from;
      String object = balanced(body, from);
      objects.add(object);
      from += object.length();
    }
    return objects;
  }

  private static String object(String member, String record) {
    int at = record.indexOf("\"" + member + "\":");
    return at < 0 ? "" : balanced(record, at + member.length() + 3);
  }

  /// No string in these answers has a brace.
  private static String balanced(String text, int from) {
    int depth = 0;
    for (int at = from; at < text.length(); at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(from, at + 1);
      }
    }
    throw new AssertionError("not balanced: " + text);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
