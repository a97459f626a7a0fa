package dev.evenkeel.fuzz;

import java.util.List;
import java.util.Map;

/// A table that requests are made for.
///
/// @param keys the partition key and, if there is one, the sort key
/// @param types of all attributes that are keys of it or of an index
/// @param indexes their keys, by name
/// @param create the request that makes it
record TableKind(
    String name,
    List<String> keys,
    Map<String, String> types,
    Map<String, List<String>> indexes,
    String create) {
  static final List<TableKind> ALL =
      List.of(
          new TableKind(
              "plain",
              List.of("p"),
              Map.of("p", "S"),
              Map.of(),
              """
              {"TableName":"plain","BillingMode":"PAY_PER_REQUEST",
               "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
               "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
               "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}
              """),
          new TableKind(
              "sorted",
              List.of("p", "s"),
              Map.of("p", "S", "s", "N", "x", "S", "y", "N"),
              Map.of("local", List.of("p", "x"), "global", List.of("x", "y")),
              """
              {"TableName":"sorted","BillingMode":"PAY_PER_REQUEST",
               "AttributeDefinitions":[
                 {"AttributeName":"p","AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"},
                 {"AttributeName":"x","AttributeType":"S"},{"AttributeName":"y","AttributeType":"N"}],
               "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}],
               "LocalSecondaryIndexes":[{"IndexName":"local",
                 "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"x","KeyType":"RANGE"}],
                 "Projection":{"ProjectionType":"KEYS_ONLY"}}],
               "GlobalSecondaryIndexes":[{"IndexName":"global",
                 "KeySchema":[{"AttributeName":"x","KeyType":"HASH"},{"AttributeName":"y","KeyType":"RANGE"}],
                 "Projection":{"ProjectionType":"ALL"}}],
               "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
              """),
          new TableKind(
              "binary",
              List.of("p", "s"),
              Map.of("p", "B", "s", "B"),
              Map.of(),
              """
              {"TableName":"binary","BillingMode":"PROVISIONED",
               "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5},
               "AttributeDefinitions":[
                 {"AttributeName":"p","AttributeType":"B"},{"AttributeName":"s","AttributeType":"B"}],
               "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}]}
              """));

  /// Names that requests make tables of, and delete again.
  static final List<String> OTHERS = List.of("new-1", "new-2", "new-3");

  /// The kind of that name; that of `plain` for tables that requests have made.
  static TableKind named(String name) {
    return ALL.stream().filter(kind -> kind.name.equals(name)).findFirst().orElse(ALL.getFirst());
  }
}
