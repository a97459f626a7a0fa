package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Service;
import dev.evenkeel.simulation.invariant.Histories;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What the workloads of one run share: the region, the table, the histories, and whether to go on.
public final class Session {
  /// The table that every workload but one uses.
  public static final String TABLE = "Sim";

  /// The group of that table's items, in a region that has it as its first.
  static final long GROUP = 2;

  private static final String UNAVAILABLE = "ServiceUnavailable";
  private static final Set<String> EXPECTED_ERRORS =
      Set.of(
          "",
          "ConditionalCheckFailedException",
          "TransactionCanceledException",
          "TransactionConflictException",
          "TransactionInProgressException",
          UNAVAILABLE,
          "InternalServerError");
  private static final int LARGE_ONE_IN = 30;

  private final Service region;
  private final Histories histories;
  private final RandomGenerator random;
  private final int paddingMax;
  private final boolean quiet;
  private final Set<String> acknowledged = new HashSet<>();
  private boolean running = true;
  private long answers;

  /// @param paddingMax bytes that are added to an item now and then
  /// @param quiet nothing goes wrong in this run, so no request may fail
  public Session(Service region, Histories histories, int paddingMax, boolean quiet) {
    this.region = region;
    this.histories = histories;
    this.random = region.simulator().stream("padding");
    this.paddingMax = paddingMax;
    this.quiet = quiet;
  }

  Service region() {
    return region;
  }

  Histories histories() {
    return histories;
  }

  boolean isRunning() {
    return running;
  }

  /// Has all clients stop after the request they are in.
  public void stop() {
    running = false;
  }

  /// Answers so far.
  public long answers() {
    return answers;
  }

  /// A string without meaning, mostly short.
  String padding() {
    return "p".repeat(random.nextInt(random.nextInt(LARGE_ONE_IN) == 0 ? paddingMax : 50));
  }

  /// The body of a request that creates a table with a local index.
  public static String creation(String name) {
    return """
    {"TableName":"%s","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[\
    {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},\
    {"AttributeName":"v","AttributeType":"S"}],"KeySchema":[\
    {"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],\
    "LocalSecondaryIndexes":[{"IndexName":"byV","KeySchema":[\
    {"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"v","KeyType":"RANGE"}],\
    "Projection":{"ProjectionType":"KEYS_ONLY"}}]}\
    """
        .formatted(name);
  }

  /// Counts an answer to a request on items of the table that stays.
  void answered(String operation, Answer answer) {
    counted(operation, answer);
    if (!EXPECTED_ERRORS.contains(answer.error())) {
      throw new AssertionError(operation + " was answered " + answer);
    }
  }

  void counted(String operation, Answer answer) {
    answers++;
    boolean bug =
        answer.error().equals("ValidationException")
            || answer.body().contains("because of an unknown error")
            || (quiet && (answer.isUnknown() || answer.error().equals(UNAVAILABLE)));
    if (bug) {
      throw new AssertionError(operation + " was answered " + answer);
    }
  }

  /// The body of a request that creates such a table with a stream.
  public static String followedCreation(String name) {
    String plain = creation(name);
    return plain.substring(0, plain.lastIndexOf('}'))
        + ",\"StreamSpecification\":{\"StreamEnabled\":true,"
        + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}";
  }

  /// Markers of all writes to the followed table that were acknowledged.
  Set<String> acknowledged() {
    return acknowledged;
  }

  /// A write with that marker was acknowledged.
  void acknowledged(String marker) {
    acknowledged.add(marker);
    requireDurable(marker);
  }

  /// What is acknowledged is durable.
  void requireDurable(String marker) {
    if (!region.markers().isDurable(marker)) {
      throw new AssertionError("a write was acknowledged before it was durable: " + marker);
    }
  }
}
