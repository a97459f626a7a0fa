package dev.evenkeel.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.conformance.Clients;
import dev.evenkeel.conformance.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A shop's orders, with AWS's SDK for Java, version 2.
// The SDK's methods that take several consumers are not declared safe for such arrays.
@SuppressWarnings("unchecked")
final class SyncProgram {
  static final Projection EVERYTHING =
      Projection.builder().projectionType(ProjectionType.ALL).build();
  private static final String BY_STATE = "by-state";
  private static final String BY_DAY = "by-day";
  private static final int ORDERS = 25;

  private final DynamoDbClient ddb = Clients.SYNC;
  private final String orders;
  private final String indexed;
  private final String streamed;

  SyncProgram(String prefix) {
    orders = prefix + "-orders";
    indexed = prefix + "-indexed";
    streamed = prefix + "-streamed";
  }

  void run(Report report) {
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
    report.feature(Feature.INDEX_ADDED_LATER, this::indexAddedLater);
    report.feature(Feature.TRANSACT_WRITE, this::transactWrite);
    report.feature(Feature.TRANSACT_GET, this::transactGet);
    report.feature(Feature.TIME_TO_LIVE, this::timeToLive);
    report.feature(Feature.STREAM, this::stream);
    report.feature(Feature.PARTIQL, this::partiql);
    report.feature(Feature.DELETE, this::delete);
    report.feature(Feature.ITS_OWN, this::valuesOfAllTypes);
    report.feature(Feature.DELETE_TABLE, this::deleteTable);
  }

  private void createTable() {
    create(r ->
        r.tableName(orders)
            .attributeDefinitions(string("customer"), number("id"), string("placed"))
            .keySchema(hash("customer"), range("id"))
            .localSecondaryIndexes(i ->
                i.indexName("by-placed")
                    .keySchema(hash("customer"), range("placed"))
                    .projection(EVERYTHING)));
  }

  private void create(Consumer<CreateTableRequest.Builder> table) {
    CreateTableRequest request =
        CreateTableRequest.builder()
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .applyMutation(table)
            .build();
    ddb.createTable(request);
    ddb.waiter().waitUntilTableExists(w -> w.tableName(request.tableName()));
  }

  private void putAndGet() {
    Map<String, AttributeValue> item =
        order("ann", 1, Map.of("paid", AttributeValue.fromBool(false)));
    ddb.putItem(r -> r.tableName(orders).item(item));
    assertThat(ddb.getItem(r -> r.tableName(orders).key(key("ann", 1)).consistentRead(true)).item())
        .isEqualTo(item);
  }

  private void update() {
    Map<String, AttributeValue> updated =
        ddb.updateItem(r ->
                r.tableName(orders)
                    .key(key("ann", 1))
                    .updateExpression("SET paid = :yes ADD amount :seven")
                    .expressionAttributeValues(
                        Map.of(
                            ":yes",
                            AttributeValue.fromBool(true),
                            ":seven",
                            AttributeValue.fromN("7")))
                    .returnValues(ReturnValue.UPDATED_NEW))
            .attributes();
    assertThat(updated)
        .isEqualTo(
            Map.of("paid", AttributeValue.fromBool(true), "amount", AttributeValue.fromN("7")));
  }

  private void condition() {
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            ddb.putItem(r ->
                r.tableName(orders)
                    .item(order("ann", 1, Map.of()))
                    .conditionExpression("attribute_not_exists(customer)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .satisfies(refusal ->
            assertThat(refusal.item()).containsEntry("amount", AttributeValue.fromN("7")));
  }

  private void batchWrite() {
    List<WriteRequest> puts =
        IntStream.rangeClosed(2, ORDERS)
            .mapToObj(id ->
                WriteRequest.builder().putRequest(p -> p.item(order("ann", id, Map.of()))).build())
            .toList();
    assertThat(ddb.batchWriteItem(r -> r.requestItems(Map.of(orders, puts))).unprocessedItems())
        .isEmpty();
  }

  private void batchGet() {
    assertThat(
            ddb
                .batchGetItemPaginator(r ->
                    r.requestItems(
                        Map.of(
                            orders,
                            KeysAndAttributes.builder()
                                .keys(List.of(key("ann", 2), key("ann", 3), key("ann", 99)))
                                .build())))
                .stream()
                .flatMap(page -> page.responses().getOrDefault(orders, List.of()).stream()))
        .hasSize(2);
  }

  private void query() {
    List<Integer> found =
        ids(
            ddb.query(r ->
                    r.tableName(orders)
                        .keyConditionExpression("customer = :c AND id BETWEEN :from AND :to")
                        .filterExpression("attribute_not_exists(paid)")
                        .expressionAttributeValues(
                            Map.of(
                                ":c",
                                AttributeValue.fromS("ann"),
                                ":from",
                                AttributeValue.fromN("1"),
                                ":to",
                                AttributeValue.fromN("4")))
                        .scanIndexForward(false))
                .items());
    assertThat(found).containsExactly(4, 3, 2);
  }

  private void scan() {
    int count =
        IntStream.range(0, 2)
            .map(segment ->
                ddb.scan(r ->
                        r.tableName(orders).segment(segment).totalSegments(2).select(Select.COUNT))
                    .count())
            .sum();
    assertThat(count).isEqualTo(ORDERS);
  }

  private void paginate() {
    assertThat(ddb.scanPaginator(r -> r.tableName(orders).limit(4)).items().stream())
        .hasSize(ORDERS);
    assertThat(
            ddb
                .queryPaginator(r ->
                    r.tableName(orders)
                        .limit(7)
                        .keyConditionExpression("customer = :c")
                        .expressionAttributeValues(Map.of(":c", AttributeValue.fromS("ann"))))
                .stream())
        .hasSizeGreaterThan(ORDERS / 7);
  }

  private void localIndex() {
    assertThat(inIndex(orders, "by-placed", "customer", "ann")).startsWith(1, 2, 3).hasSize(ORDERS);
  }

  private List<Integer> inIndex(String table, String index, String attribute, String value) {
    return ids(
        ddb.query(r ->
                r.tableName(table)
                    .indexName(index)
                    .keyConditionExpression("#a = :v")
                    .expressionAttributeNames(Map.of("#a", attribute))
                    .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))))
            .items());
  }

  private void globalIndex() throws Exception {
    create(r ->
        r.tableName(indexed)
            .attributeDefinitions(string("customer"), number("id"), string("state"))
            .keySchema(hash("customer"), range("id"))
            .globalSecondaryIndexes(i ->
                i.indexName(BY_STATE)
                    .keySchema(hash("state"), range("id"))
                    .projection(EVERYTHING)));
    for (int id = 1; id <= 3; id++) {
      put(indexed, order("ann", id, Map.of("state", AttributeValue.fromS("open"))));
    }
    put(indexed, order("bob", 4, Map.of()));
    Eventually.is(() -> inIndex(indexed, BY_STATE, "state", "open"), List.of(1, 2, 3)::equals);
    put(indexed, order("ann", 2, Map.of("state", AttributeValue.fromS("sent"))));
    Eventually.is(() -> inIndex(indexed, BY_STATE, "state", "open"), List.of(1, 3)::equals);
  }

  private void indexAddedLater() throws Exception {
    ddb.updateTable(r ->
        r.tableName(indexed)
            .attributeDefinitions(
                string("customer"), number("id"), string("state"), string("placed"))
            .globalSecondaryIndexUpdates(u ->
                u.create(
                    c -> c.indexName(BY_DAY).keySchema(hash("placed")).projection(EVERYTHING))));
    Eventually.is(() -> status(BY_DAY), List.of(IndexStatus.ACTIVE)::equals);
    assertThat(inIndex(indexed, BY_DAY, "placed", placed(4))).containsExactly(4);
    ddb.updateTable(r ->
        r.tableName(indexed).globalSecondaryIndexUpdates(u -> u.delete(d -> d.indexName(BY_DAY))));
    Eventually.is(() -> status(BY_DAY), List::isEmpty);
  }

  private List<IndexStatus> status(String index) {
    return ddb.describeTable(r -> r.tableName(indexed)).table().globalSecondaryIndexes().stream()
        .filter(each -> each.indexName().equals(index))
        .map(GlobalSecondaryIndexDescription::indexStatus)
        .toList();
  }

  private void transactWrite() {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .transactItems(
                TransactWriteItem.builder()
                    .put(
                        Put.builder()
                            .tableName(orders)
                            .item(order("cid", 1, Map.of()))
                            .conditionExpression("attribute_not_exists(id)")
                            .build())
                    .build(),
                TransactWriteItem.builder()
                    .update(u ->
                        u.tableName(orders)
                            .key(key("cid", 0))
                            .updateExpression("ADD orders :one")
                            .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))
                    .build())
            .build();
    TransactWriteItemsRequest sameToken =
        request.toBuilder().clientRequestToken(UUID.randomUUID().toString()).build();
    ddb.transactWriteItems(sameToken);
    ddb.transactWriteItems(sameToken);
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> ddb.transactWriteItems(request))
        .satisfies(canceled ->
            assertThat(canceled.cancellationReasons())
                .extracting(CancellationReason::code)
                .containsExactly("ConditionalCheckFailed", "None"));
  }

  private void transactGet() {
    List<Map<String, AttributeValue>> items =
        ddb
            .transactGetItems(r ->
                r.transactItems(
                    i -> i.get(g -> g.tableName(orders).key(key("cid", 0))),
                    i -> i.get(g -> g.tableName(orders).key(key("cid", 9)))))
            .responses()
            .stream()
            .map(response -> response.item())
            .toList();
    assertThat(items.get(0)).containsEntry("orders", AttributeValue.fromN("1"));
    assertThat(items.get(1)).isEmpty();
  }

  private void timeToLive() throws Exception {
    ddb.updateTimeToLive(r ->
        r.tableName(orders).timeToLiveSpecification(s -> s.attributeName("expires").enabled(true)));
    Eventually.is(
        () ->
            ddb.describeTimeToLive(r -> r.tableName(orders))
                .timeToLiveDescription()
                .timeToLiveStatus(),
        TimeToLiveStatus.ENABLED::equals);
    String past = Long.toString(Instant.now().minusSeconds(60).getEpochSecond());
    put(orders, order("dan", 1, Map.of("expires", AttributeValue.fromN(past))));
    Eventually.is(
        () -> ddb.getItem(r -> r.tableName(orders).key(key("dan", 1))).hasItem(), there -> !there);
  }

  private void stream() throws Exception {
    create(r ->
        r.tableName(streamed)
            .attributeDefinitions(string("customer"), number("id"))
            .keySchema(hash("customer"), range("id"))
            .streamSpecification(
                s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    try (DynamoDbStreamsClient streams = streams()) {
      put(streamed, order("ann", 1, Map.of()));
      put(streamed, order("ann", 1, Map.of("paid", AttributeValue.fromBool(true))));
      put(streamed, order("ann", 1, Map.of("paid", AttributeValue.fromBool(true))));
      ddb.deleteItem(r -> r.tableName(streamed).key(key("ann", 1)));
      List<Record> records = recordsOf(streams, 3);
      assertThat(records)
          .extracting(Record::eventNameAsString)
          .containsExactly("INSERT", "MODIFY", "REMOVE");
      assertThat(records.get(1).dynamodb().oldImage()).isEqualTo(order("ann", 1, Map.of()));
    } finally {
      ddb.deleteTable(r -> r.tableName(streamed));
    }
  }

  private static DynamoDbStreamsClient streams() {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(Endpoint.uri())
        .region(Region.of(Endpoint.region()))
        .credentialsProvider(Clients.credentials())
        .build();
  }

  private List<Record> recordsOf(DynamoDbStreamsClient streams, int count) throws Exception {
    String arn = ddb.describeTable(r -> r.tableName(streamed)).table().latestStreamArn();
    DescribeStreamResponse described = streams.describeStream(r -> r.streamArn(arn));
    String shard = described.streamDescription().shards().getFirst().shardId();
    String[] iterator = {
      streams
          .getShardIterator(r ->
              r.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
          .shardIterator()
    };
    List<Record> records = new ArrayList<>();
    return Eventually.is(
        () -> {
          GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(iterator[0]));
          iterator[0] = page.nextShardIterator();
          records.addAll(page.records());
          return records;
        },
        read -> read.size() >= count);
  }

  private void partiql() {
    execute("INSERT INTO \"" + orders + "\" VALUE {'customer': 'eve', 'id': 1, 'paid': false}");
    execute("UPDATE \"" + orders + "\" SET paid = true WHERE customer = 'eve' AND id = 1");
    List<Map<String, AttributeValue>> found =
        ddb.executeStatement(r ->
                r.statement("SELECT paid FROM \"" + orders + "\" WHERE customer = ?")
                    .parameters(AttributeValue.fromS("eve")))
            .items();
    assertThat(found).containsExactly(Map.of("paid", AttributeValue.fromBool(true)));
    execute("DELETE FROM \"" + orders + "\" WHERE customer = 'eve' AND id = 1");
  }

  private void execute(String statement) {
    ddb.executeStatement(r -> r.statement(statement));
  }

  private void delete() {
    assertThat(
            ddb.deleteItem(
                    r -> r.tableName(orders).key(key("ann", 25)).returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(order("ann", 25, Map.of()));
  }

  private void valuesOfAllTypes() {
    Map<String, AttributeValue> item =
        order(
            "fay",
            1,
            Map.of(
                "bytes",
                AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
                "byteSet",
                AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("é"))),
                "numbers",
                AttributeValue.fromNs(List.of("1")),
                "null",
                AttributeValue.fromNul(true),
                "list",
                AttributeValue.fromL(
                    List.of(
                        AttributeValue.fromN("12345678901234567890123456789012345678"),
                        AttributeValue.fromM(Map.of("empty", AttributeValue.fromS("")))))));
    put(orders, item);
    assertThat(ddb.getItem(r -> r.tableName(orders).key(key("fay", 1))).item()).isEqualTo(item);
  }

  private void deleteTable() {
    ddb.deleteTable(r -> r.tableName(orders));
    ddb.waiter().waitUntilTableNotExists(r -> r.tableName(orders));
    try {
      ddb.deleteTable(r -> r.tableName(indexed));
    } catch (ResourceNotFoundException e) {
      // Where there are no global indexes there is no such table.
      assertThat(e.getMessage()).contains(indexed);
    }
  }

  private void put(String table, Map<String, AttributeValue> item) {
    ddb.putItem(r -> r.tableName(table).item(item));
  }

  static String placed(int id) {
    return "2026-01-" + (10 + id);
  }

  static Map<String, AttributeValue> order(
      String customer, int id, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> item = new TreeMap<>(key(customer, id));
    item.put("placed", AttributeValue.fromS(placed(id)));
    item.putAll(more);
    return item;
  }

  static Map<String, AttributeValue> key(String customer, int id) {
    return Map.of("customer", AttributeValue.fromS(customer), "id", AttributeValue.fromN("" + id));
  }

  static List<Integer> ids(List<Map<String, AttributeValue>> items) {
    return items.stream()
        .map(item -> Integer.valueOf(Objects.requireNonNull(item.get("id")).n()))
        .toList();
  }

  static AttributeDefinition string(String name) {
    return definition(name, ScalarAttributeType.S);
  }

  static AttributeDefinition number(String name) {
    return definition(name, ScalarAttributeType.N);
  }

  private static AttributeDefinition definition(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  static KeySchemaElement range(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.RANGE).build();
  }
}
