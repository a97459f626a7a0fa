package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static dev.evenkeel.conformance.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

/// Global secondary indexes: by the mapper's annotations, and made and removed on a table in use.
class GlobalIndexTest {
  private static final int ITEMS = 60;

  private final DynamoDbClient ddb = Clients.SYNC;
  private final DynamoDbTable<Order> orders =
      Clients.ENHANCED.table(TestTable.freshName(), TableSchema.fromBean(Order.class));

  @BeforeEach
  void createTable() {
    orders.createTable(r ->
        r.globalSecondaryIndices(
            i -> i.indexName("by-customer").projection(p -> p.projectionType(ProjectionType.ALL))));
    ddb.waiter().waitUntilTableExists(r -> r.tableName(orders.tableName()));
  }

  @AfterEach
  void deleteTable() {
    orders.deleteTable();
  }

  @Test
  void mapperQueriesByTheKeysOfAnIndex() {
    IntStream.range(0, ITEMS).forEach(i -> orders.putItem(order("o" + i, "c" + i % 3, ITEMS - i)));
    await(() -> ofCustomer("c1").size() == ITEMS / 3);
    assertThat(ofCustomer("c1")).extracting(Order::getId).startsWith("o58", "o55").endsWith("o1");
    orders.putItem(order("o1", "c2", 1));
    orders.deleteItem(k -> k.key(key -> key.partitionValue("o4")));
    await(() -> ofCustomer("c1").size() == ITEMS / 3 - 2);
    assertThat(ofCustomer("c2")).extracting(Order::getId).contains("o1");
  }

  private List<Order> ofCustomer(String customer) {
    return orders
        .index("by-customer")
        .query(r ->
            r.queryConditional(QueryConditional.keyEqualTo(k -> k.partitionValue(customer)))
                .limit(7))
        .stream()
        .flatMap(page -> page.items().stream())
        .toList();
  }

  @Test
  void indexIsMadeAndRemovedOnATableInUse() {
    String table = orders.tableName();
    IntStream.range(0, ITEMS).forEach(i -> orders.putItem(order("o" + i, "c" + i % 3, i)));
    update(
        GlobalSecondaryIndexUpdate.builder()
            .create(c ->
                c.indexName("by-city")
                    .keySchema(List.of(hash("city"), hash("customer")))
                    .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)))
            .build());
    orders.putItem(order("late", "c0", 1));
    await(() ->
        described("by-city").stream().anyMatch(index -> index.indexStatus() == IndexStatus.ACTIVE));
    QueryIterable pages =
        ddb.queryPaginator(r ->
            r.tableName(table)
                .indexName("by-city")
                .keyConditionExpression("city = :city AND customer = :customer")
                .expressionAttributeValues(Map.of(":city", s("Turin"), ":customer", s("c0")))
                .limit(8));
    await(() -> pages.items().stream().count() == ITEMS / 3 + 1);
    assertThat(pages.items())
        .allSatisfy(found ->
            assertThat(found.keySet()).containsExactlyInAnyOrder("id", "city", "customer"));
    update(GlobalSecondaryIndexUpdate.builder().delete(d -> d.indexName("by-city")).build());
    await(() -> described("by-city").isEmpty());
    assertThat(described("by-customer")).hasSize(1);
  }

  @Test
  void whatAnIndexCannotAnswerIsRefused() {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() ->
            ddb.scan(
                r -> r.tableName(orders.tableName()).indexName("by-customer").consistentRead(true)))
        .satisfies(error ->
            assertThat(error.awsErrorDetails().errorMessage())
                .isEqualTo("Consistent reads are not supported on global secondary indexes"));
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() ->
            ddb.putItem(r -> r.tableName(orders.tableName()).item(item("id", "x", "customer", 7))))
        .satisfies(error ->
            assertThat(error.awsErrorDetails().errorMessage())
                .contains("Type mismatch for Index Key customer Expected: S Actual: N"));
  }

  private void update(GlobalSecondaryIndexUpdate update) {
    ddb.updateTable(r ->
        r.tableName(orders.tableName())
            .attributeDefinitions(List.of(string("city"), string("customer")))
            .globalSecondaryIndexUpdates(List.of(update)));
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  private List<GlobalSecondaryIndexDescription> described(String index) {
    return ddb
        .describeTable(r -> r.tableName(orders.tableName()))
        .table()
        .globalSecondaryIndexes()
        .stream()
        .filter(each -> each.indexName().equals(index))
        .toList();
  }

  /// Indexes follow their table a little later.
  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time left").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private static Order order(String id, String customer, int total) {
    Order order = new Order();
    order.setId(id);
    order.setCustomer(customer);
    order.setTotal(total);
    order.setCity("Turin");
    return order;
  }

  /// A bean as the enhanced client wants it.
  @DynamoDbBean
  public static class Order {
    private String id = "";
    private String customer = "";
    private String city = "";
    private int total;

    @DynamoDbPartitionKey
    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    @DynamoDbSecondaryPartitionKey(indexNames = "by-customer")
    public String getCustomer() {
      return customer;
    }

    public void setCustomer(String customer) {
      this.customer = customer;
    }

    @DynamoDbSecondarySortKey(indexNames = "by-customer")
    public int getTotal() {
      return total;
    }

    public void setTotal(int total) {
      this.total = total;
    }

    public String getCity() {
      return city;
    }

    public void setCity(String city) {
      this.city = city;
    }
  }
}
