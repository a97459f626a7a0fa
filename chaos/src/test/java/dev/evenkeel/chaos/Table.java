package dev.evenkeel.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The table that most load goes to: partition key `owner`, sort key `name`, one attribute `v`.
final class Table {
  static final String NAME = "chaos";

  private static final Duration CREATE_LIMIT = Duration.ofSeconds(30);

  private Table() {}

  static void create(Connection connection) throws Exception {
    create(connection, NAME, "");
  }

  /// A table of that name, with the same keys.
  ///
  /// @param more members of the request, each with a comma before it
  static void create(Connection connection, String name, String more) throws Exception {
    Answer created =
        connection.call(
            "CreateTable",
            """
            {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [
               {"AttributeName": "owner", "AttributeType": "S"},
               {"AttributeName": "name", "AttributeType": "S"}],
             "KeySchema": [
               {"AttributeName": "owner", "KeyType": "HASH"},
               {"AttributeName": "name", "KeyType": "RANGE"}]%s}
            """
                .formatted(name, more));
    if (!created.isDone()) {
      throw new AssertionError("CreateTable: " + created);
    }
    awaitActive(connection, name);
  }

  static void awaitActive(Connection connection, String name) throws Exception {
    Await.until(CREATE_LIMIT, "the table is active", () -> isActive(connection, name));
  }

  private static boolean isActive(Connection connection, String name) throws IOException {
    Answer answer = connection.call("DescribeTable", "{\"TableName\": \"" + name + "\"}");
    return "ACTIVE".equals(Json.at(answer.json(), "Table", "TableStatus"));
  }

  static String key(String owner, String name) {
    return "{\"owner\": {\"S\": \"" + owner + "\"}, \"name\": {\"S\": \"" + name + "\"}}";
  }

  static String item(String owner, String name, String value) {
    return "{\"owner\": {\"S\": \""
        + owner
        + "\"}, \"name\": {\"S\": \""
        + name
        + "\"}, \"v\": {\"S\": \""
        + value
        + "\"}}";
  }

  static Answer put(Connection connection, String owner, String name, String value)
      throws IOException {
    return connection.call(
        "PutItem", "{\"TableName\": \"chaos\", \"Item\": " + item(owner, name, value) + "}");
  }

  /// The item's value, read consistently; null when there is no such item.
  static @Nullable String get(Connection connection, String owner, String name) throws IOException {
    Answer answer =
        connection.call(
            "GetItem",
            "{\"TableName\": \"chaos\", \"ConsistentRead\": true, \"Key\": "
                + key(owner, name)
                + "}");
    if (!answer.isDone()) {
      throw new AssertionError("GetItem: " + answer);
    }
    return (String) Json.at(answer.json(), "Item", "v", "S");
  }

  /// All items of that owner, value by name, read consistently page by page.
  static Map<String, String> query(Connection connection, String owner) throws IOException {
    Map<String, String> items = new HashMap<>();
    String start = "";
    do {
      Map<?, ?> page = queryPage(connection, owner, start);
      for (Object item : list(page, "Items")) {
        items.put(string(item, "name"), string(item, "v"));
      }
      Object last = Json.at(page, "LastEvaluatedKey", "name", "S");
      start = last == null ? "" : ", \"ExclusiveStartKey\": " + key(owner, (String) last);
    } while (!start.isEmpty());
    return items;
  }

  /// All items of a table, read consistently page by page.
  static List<?> scan(Connection connection, String table) throws IOException {
    List<Object> items = new ArrayList<>();
    String start = "";
    do {
      Answer answer =
          connection.call(
              "Scan", "{\"TableName\": \"" + table + "\", \"ConsistentRead\": true" + start + "}");
      if (!answer.isDone()) {
        throw new AssertionError("Scan: " + answer);
      }
      items.addAll(list(answer.json(), "Items"));
      Object last = answer.json().get("LastEvaluatedKey");
      start =
          last == null
              ? ""
              : ", \"ExclusiveStartKey\": " + key(string(last, "owner"), string(last, "name"));
    } while (!start.isEmpty());
    return items;
  }

  private static List<?> list(Map<?, ?> answer, String name) {
    return (List<?>) Objects.requireNonNull(answer.get(name), name);
  }

  private static String string(Object item, String attribute) {
    return (String) Objects.requireNonNull(Json.at(item, attribute, "S"), attribute);
  }

  private static Map<?, ?> queryPage(Connection connection, String owner, String start)
      throws IOException {
    Answer answer =
        connection.call(
            "Query",
            "{\"TableName\": \"chaos\", \"ConsistentRead\": true,"
                + " \"KeyConditionExpression\": \"#o = :o\","
                + " \"ExpressionAttributeNames\": {\"#o\": \"owner\"},"
                + " \"ExpressionAttributeValues\": {\":o\": {\"S\": \""
                + owner
                + "\"}}"
                + start
                + "}");
    if (!answer.isDone()) {
      throw new AssertionError("Query: " + answer);
    }
    return answer.json();
  }
}
