package dev.evenkeel.conformance;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// A table of one test: `p` (string) and, where asked for, `s` (number). Deleted when closed.
record TestTable(DynamoDbClient ddb, String name) implements AutoCloseable {
  static final AttributeDefinition STRING_P = attribute("p", ScalarAttributeType.S);
  static final KeySchemaElement HASH_P = key("p", KeyType.HASH);
  private static final AttributeDefinition NUMBER_S = attribute("s", ScalarAttributeType.N);
  private static final AtomicInteger COUNT = new AtomicInteger();

  /// A name that no other test, and no other run, uses.
  static String freshName() {
    return "conformance-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  }

  /// With partition key `p` only.
  static TestTable simple() {
    return create(request -> {});
  }

  /// With partition key `p` and sort key `s`, a number.
  static TestTable composite() {
    return create(TestTable::addSortKey);
  }

  /// As [#composite], with a local index `by-name` on the string `name`.
  static TestTable withIndex(ProjectionType projection) {
    return create(request -> {
      addSortKey(request);
      request
          .attributeDefinitions(STRING_P, NUMBER_S, attribute("name", ScalarAttributeType.S))
          .localSecondaryIndexes(
              LocalSecondaryIndex.builder()
                  .indexName("by-name")
                  .keySchema(HASH_P, key("name", KeyType.RANGE))
                  .projection(p -> p.projectionType(projection))
                  .build());
    });
  }

  static void addSortKey(CreateTableRequest.Builder request) {
    request.attributeDefinitions(STRING_P, NUMBER_S).keySchema(HASH_P, key("s", KeyType.RANGE));
  }

  static TestTable create(Consumer<CreateTableRequest.Builder> change) {
    DynamoDbClient ddb = Clients.SYNC;
    String name = freshName();
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(STRING_P)
            .keySchema(HASH_P);
    change.accept(request);
    ddb.createTable(request.build());
    ddb.waiter().waitUntilTableExists(wait -> wait.tableName(name));
    return new TestTable(ddb, name);
  }

  void put(Map<String, AttributeValue> item) {
    ddb.putItem(request -> request.tableName(name).item(item));
  }

  Map<String, AttributeValue> get(Map<String, AttributeValue> key) {
    return ddb.getItem(r -> r.tableName(name).key(key).consistentRead(true)).item();
  }

  @Override
  public void close() {
    ddb.deleteTable(request -> request.tableName(name));
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
