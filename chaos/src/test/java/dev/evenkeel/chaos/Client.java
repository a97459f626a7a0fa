package dev.evenkeel.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One writer of items that nobody else writes: it knows what each request must answer.
final class Client {
  private static final int ITEMS = 24;

  private static final int PADDING_MAX = 1_000;
  private static final String COUNTER = "counter";

  private final String owner;
  private final Random random;
  private final Paddings paddings;
  private final List<Register> registers = new ArrayList<>();
  private int writes;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private int refused;
  private int increments;
  private int uncertainIncrements;
  private long sentAt;

  /// Items are small, but for some.
  ///
  /// @param largeMax characters of the large ones, at most
  /// @param largeOneIn which share is large
  record Paddings(int largeMax, int largeOneIn) {}

  Client(int number, long seed, Paddings paddings) {
    this.paddings = paddings;
    this.owner = "client-" + number;
    this.random = new Random(seed * 1_000 + number);
    for (int i = 0; i < ITEMS; i++) {
      registers.add(new Register("item-" + i));
    }
  }

  /// Sends requests until told to stop or the connection breaks.
  ///
  /// @throws IOException when a request got no answer; what it may have done is accounted for
  void run(int port, BooleanSupplier stopped) throws IOException {
    try (Connection connection = Connection.open(port)) {
      while (!stopped.getAsBoolean()) {
        step(connection);
      }
    }
  }

  private void step(Connection connection) throws IOException {
    Register register = registers.get(random.nextInt(ITEMS));
    if (!register.isCertain()) {
      read(connection, register);
      return;
    }
    switch (random.nextInt(10)) {
      case 0 -> read(connection, register);
      case 1 -> increment(connection);
      case 2 -> write(connection, register, null, "DeleteItem", delete(register, ""), true);
      case 3 -> deleteIfPresent(connection, register);
      case 4, 5 -> putIfAbsent(connection, register);
      case 6, 7 -> updateIfUnchanged(connection, register);
      default -> put(connection, register);
    }
  }

  private void put(Connection connection, Register register) throws IOException {
    String value = nextValue();
    String body = "\"Item\": " + Table.item(owner, register.name(), value);
    write(connection, register, value, "PutItem", body, true);
  }

  private void putIfAbsent(Connection connection, Register register) throws IOException {
    String value = nextValue();
    String body =
        "\"ConditionExpression\": \"attribute_not_exists(v)\", \"Item\": "
            + Table.item(owner, register.name(), value);
    write(connection, register, value, "PutItem", body, register.value() == null);
  }

  private void updateIfUnchanged(Connection connection, Register register) throws IOException {
    String value = nextValue();
    String known = Objects.requireNonNullElse(register.value(), "none");
    String body =
        "\"UpdateExpression\": \"SET v = :new\", \"ConditionExpression\": \"v = :old\","
            + " \"ExpressionAttributeValues\": {\":new\": {\"S\": \""
            + value
            + "\"}, \":old\": {\"S\": \""
            + known
            + "\"}}, \"Key\": "
            + Table.key(owner, register.name());
    write(connection, register, value, "UpdateItem", body, register.value() != null);
  }

  private void deleteIfPresent(Connection connection, Register register) throws IOException {
    String condition = "\"ConditionExpression\": \"attribute_exists(v)\", ";
    String body = delete(register, condition);
    write(connection, register, null, "DeleteItem", body, register.value() != null);
  }

  private String delete(Register register, String condition) {
    return condition + "\"Key\": " + Table.key(owner, register.name());
  }

  /// Sends a write that must succeed, or must fail its condition.
  private void write(
      Connection connection,
      Register register,
      @Nullable String value,
      String operation,
      String body,
      boolean succeeds)
      throws IOException {
    if (succeeds) {
      register.mayBecome(value);
    }
    Answer answer = call(connection, operation, body);
    if (answer.isServerError()) {
      refused++;
      return;
    }
    if (succeeds ? !answer.isDone() : !answer.isConditionFailed()) {
      throw new AssertionError(owner + "/" + register + ": " + operation + " answered " + answer);
    }
    if (succeeds) {
      register.becomes(value);
      acknowledged.incrementAndGet();
    }
  }

  private void increment(Connection connection) throws IOException {
    String body =
        "\"UpdateExpression\": \"ADD n :one\", \"ExpressionAttributeValues\":"
            + " {\":one\": {\"N\": \"1\"}}, \"Key\": "
            + Table.key(COUNTER, COUNTER);
    uncertainIncrements++;
    Answer answer = call(connection, "UpdateItem", body);
    if (answer.isDone()) {
      uncertainIncrements--;
      increments++;
    } else if (!answer.isServerError()) {
      throw new AssertionError("increment answered " + answer);
    }
  }

  private Answer call(Connection connection, String operation, String body) throws IOException {
    sentAt = Long.MAX_VALUE;
    connection.send(operation, "{\"TableName\": \"chaos\", " + body + "}");
    sentAt = System.nanoTime();
    return connection.receive();
  }

  private void read(Connection connection, Register register) throws IOException {
    check(register, Table.get(connection, owner, register.name()));
  }

  private void check(Register register, @Nullable String found) {
    if (!register.mayBe(found)) {
      throw new AssertionError(owner + "/" + register + " reads as " + Register.brief(found));
    }
    register.becomes(found);
  }

  /// Compares all items of this client with what they may be.
  void verify(Connection connection) throws IOException {
    Map<String, String> found = Table.query(connection, owner);
    for (Register register : registers) {
      check(register, found.remove(register.name()));
    }
    if (!found.isEmpty()) {
      throw new AssertionError(owner + " never wrote " + found.keySet());
    }
  }

  /// Reads the shared counter; 0 when it is not there.
  static long counter(Connection connection) throws IOException {
    Answer answer =
        connection.call(
            "GetItem",
            "{\"TableName\": \"chaos\", \"ConsistentRead\": true, \"Key\": "
                + Table.key(COUNTER, COUNTER)
                + "}");
    Object number = Json.at(answer.json(), "Item", "n", "N");
    return number == null ? 0 : Long.parseLong((String) number);
  }

  private String nextValue() {
    writes++;
    boolean isLarge = random.nextInt(paddings.largeOneIn) == 0;
    int padding = isLarge ? paddings.largeMax : PADDING_MAX;
    return owner + "-" + writes + "-" + "x".repeat(random.nextInt(padding));
  }

  int acknowledged() {
    return acknowledged.get();
  }

  int refused() {
    return refused;
  }

  int increments() {
    return increments;
  }

  int uncertainIncrements() {
    return uncertainIncrements;
  }

  /// When the request under way had been sent; the greatest long while it is being sent.
  long sentAt() {
    return sentAt;
  }
}
