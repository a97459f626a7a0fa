package dev.evenkeel.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.conformance.Clients;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// A shop's orders as beans, with the enhanced client of AWS's SDK for Java, version 2.
final class EnhancedProgram {
  private static final int ORDERS = 25;

  private final DynamoDbEnhancedClient enhanced = Clients.ENHANCED;
  private final DynamoDbTable<EnhancedOrder> orders;
  private final DynamoDbTable<EnhancedOrder> indexed;

  EnhancedProgram(String prefix) {
    TableSchema<EnhancedOrder> schema = TableSchema.fromBean(EnhancedOrder.class);
    orders = enhanced.table(prefix + "-orders", schema);
    indexed = enhanced.table(prefix + "-indexed", schema);
  }

  void run(Report report) {
    report.notOffered(
        "the SDK beneath it does",
        Feature.INDEX_ADDED_LATER,
        Feature.TIME_TO_LIVE,
        Feature.STREAM,
        Feature.PARTIQL);
    report.feature(Feature.CREATE_TABLE, this::createTable);
    report.feature(Feature.PUT_AND_GET, this::putAndGet);
    report.feature(Feature.UPDATE, this::update);
    report.feature(Feature.CONDITION, this::condition);
    report.feature(Feature.BATCH_WRITE, this::batchWrite);
    report.feature(Feature.BATCH_GET, this::batchGet);
    report.feature(Feature.QUERY, this::query);
    report.feature(Feature.SCAN, this::scan);
    report.feature(Feature.PAGINATE, this::paginate);
    report.feature(Feature.LOCAL_INDEX, this::localIndex);
    report.feature(Feature.GLOBAL_INDEX, this::globalIndex);
    report.feature(Feature.TRANSACT_WRITE, this::transactWrite);
    report.feature(Feature.TRANSACT_GET, this::transactGet);
    report.feature(Feature.ITS_OWN, this::versionsKeepWritersApart);
    report.feature(Feature.DELETE, this::delete);
    report.feature(Feature.DELETE_TABLE, this::deleteTable);
  }

  private void createTable() {
    orders.createTable(r ->
        r.localSecondaryIndices(i ->
            i.indexName(EnhancedOrder.BY_PLACED)
                .projection(p -> p.projectionType(ProjectionType.ALL))));
    Clients.SYNC.waiter().waitUntilTableExists(r -> r.tableName(orders.tableName()));
  }

  private void putAndGet() {
    EnhancedOrder order = EnhancedOrder.of("ann", 1);
    order.setTags(Set.of("new"));
    orders.putItem(order);
    EnhancedOrder got = orders.getItem(r -> r.key(key("ann", 1)).consistentRead(true));
    assertThat(got).usingRecursiveComparison().ignoringFields("version").isEqualTo(order);
  }

  private void update() {
    EnhancedOrder order = orders.getItem(key("ann", 1));
    order.setState("sent");
    order.setTags(null);
    EnhancedOrder updated = orders.updateItem(order);
    assertThat(updated.getState()).isEqualTo("sent");
    assertThat(orders.getItem(key("ann", 1)).getTags()).isNull();
  }

  private void condition() {
    Expression isNew = Expression.builder().expression("attribute_not_exists(customer)").build();
    EnhancedOrder order = orders.getItem(key("ann", 1));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> orders.putItem(r -> r.item(order).conditionExpression(isNew)));
  }

  /// Without the extension that keeps versions: conditions have no place in batches.
  private void batchWrite() {
    DynamoDbEnhancedClient bare =
        DynamoDbEnhancedClient.builder().dynamoDbClient(Clients.SYNC).extensions(List.of()).build();
    DynamoDbTable<EnhancedOrder> unversioned = bare.table(orders.tableName(), orders.tableSchema());
    WriteBatch.Builder<EnhancedOrder> puts =
        WriteBatch.builder(EnhancedOrder.class).mappedTableResource(unversioned);
    IntStream.rangeClosed(2, ORDERS).forEach(id -> puts.addPutItem(EnhancedOrder.of("ann", id)));
    assertThat(
            bare.batchWriteItem(r -> r.writeBatches(puts.build()))
                .unprocessedPutItemsForTable(unversioned))
        .isEmpty();
  }

  private void batchGet() {
    ReadBatch gets =
        ReadBatch.builder(EnhancedOrder.class)
            .mappedTableResource(orders)
            .addGetItem(key("ann", 2))
            .addGetItem(key("ann", 99))
            .build();
    assertThat(enhanced.batchGetItem(r -> r.readBatches(gets)).resultsForTable(orders)).hasSize(1);
  }

  private void query() {
    QueryConditional range =
        QueryConditional.sortBetween(
            k -> k.partitionValue("ann").sortValue(2), k -> k.partitionValue("ann").sortValue(4));
    assertThat(
            orders.query(r -> r.queryConditional(range).scanIndexForward(false)).items().stream())
        .extracting(EnhancedOrder::getId)
        .containsExactly(4, 3, 2);
  }

  private void scan() {
    Expression sent =
        Expression.builder()
            .expression("#s = :sent")
            .putExpressionName("#s", "state")
            .putExpressionValue(":sent", AttributeValue.fromS("sent"))
            .build();
    assertThat(orders.scan(r -> r.filterExpression(sent)).items().stream())
        .extracting(EnhancedOrder::getId)
        .containsExactly(1);
  }

  private void paginate() {
    List<Page<EnhancedOrder>> pages = orders.scan(r -> r.limit(10)).stream().toList();
    assertThat(pages).hasSize(3);
    assertThat(orders.scan(r -> r.limit(7)).items().stream()).hasSize(ORDERS);
  }

  private void localIndex() {
    assertThat(
            items(
                orders
                    .index(EnhancedOrder.BY_PLACED)
                    .query(QueryConditional.keyEqualTo(k -> k.partitionValue("ann")))
                    .stream()))
        .startsWith(ORDERS, ORDERS - 1)
        .hasSize(ORDERS);
  }

  private static List<Integer> items(Stream<Page<EnhancedOrder>> pages) {
    return pages.flatMap(page -> page.items().stream()).map(EnhancedOrder::getId).toList();
  }

  private List<Integer> open() {
    return items(
        indexed
            .index(EnhancedOrder.BY_STATE)
            .query(QueryConditional.keyEqualTo(k -> k.partitionValue("open")))
            .stream());
  }

  private void globalIndex() throws Exception {
    indexed.createTable(r ->
        r.globalSecondaryIndices(i ->
            i.indexName(EnhancedOrder.BY_STATE)
                .projection(p -> p.projectionType(ProjectionType.ALL))));
    Clients.SYNC.waiter().waitUntilTableExists(r -> r.tableName(indexed.tableName()));
    for (int id = 3; id >= 1; id--) {
      EnhancedOrder order = EnhancedOrder.of("c" + id, id);
      order.setState("open");
      indexed.putItem(order);
    }
    Eventually.is(this::open, List.of(1, 2, 3)::equals);
    EnhancedOrder second = indexed.getItem(key("c2", 2));
    second.setState(null);
    indexed.updateItem(second);
    Eventually.is(this::open, List.of(1, 3)::equals);
  }

  private void transactWrite() {
    place(1);
    assertThatExceptionOfType(TransactionCanceledException.class).isThrownBy(() -> place(1));
  }

  private void place(int id) {
    Expression isNew = Expression.builder().expression("attribute_not_exists(customer)").build();
    enhanced.transactWriteItems(r ->
        r.addPutItem(
                orders,
                TransactPutItemEnhancedRequest.builder(EnhancedOrder.class)
                    .item(EnhancedOrder.of("bob", id))
                    .conditionExpression(isNew)
                    .build())
            .addDeleteItem(orders, key("ann", ORDERS)));
  }

  private void transactGet() {
    assertThat(
            enhanced
                .transactGetItems(
                    r -> r.addGetItem(orders, key("bob", 1)).addGetItem(orders, key("ann", ORDERS)))
                .stream()
                .map(document -> document.getItem(orders) != null))
        .containsExactly(true, false);
  }

  private void versionsKeepWritersApart() {
    EnhancedOrder mine = orders.getItem(key("ann", 2));
    EnhancedOrder yours = orders.getItem(key("ann", 2));
    orders.updateItem(mine);
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> orders.updateItem(yours));
  }

  private void delete() {
    assertThat(orders.deleteItem(key("ann", 3)).getId()).isEqualTo(3);
    assertThat(orders.getItem(key("ann", 3))).isNull();
  }

  private void deleteTable() {
    orders.deleteTable();
    Clients.SYNC.waiter().waitUntilTableNotExists(r -> r.tableName(orders.tableName()));
    try {
      indexed.deleteTable();
    } catch (ResourceNotFoundException e) {
      // Where there are no global indexes there is no such table.
      assertThat(e.getMessage()).contains(indexed.tableName());
    }
  }

  private static Key key(String customer, int id) {
    return Key.builder().partitionValue(customer).sortValue(id).build();
  }
}
