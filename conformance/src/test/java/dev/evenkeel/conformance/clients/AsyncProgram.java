package dev.evenkeel.conformance.clients;

import static dev.evenkeel.conformance.clients.SyncProgram.EVERYTHING;
import static dev.evenkeel.conformance.clients.SyncProgram.hash;
import static dev.evenkeel.conformance.clients.SyncProgram.ids;
import static dev.evenkeel.conformance.clients.SyncProgram.key;
import static dev.evenkeel.conformance.clients.SyncProgram.number;
import static dev.evenkeel.conformance.clients.SyncProgram.order;
import static dev.evenkeel.conformance.clients.SyncProgram.range;
import static dev.evenkeel.conformance.clients.SyncProgram.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.conformance.Clients;
import dev.evenkeel.conformance.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/// A shop's orders, many at once, with the asynchronous client of AWS's SDK for Java, version 2.
// The SDK's methods that take several consumers are not declared safe for such arrays.
@SuppressWarnings("unchecked")
final class AsyncProgram {
  private static final int ORDERS = 100;
  private static final int BATCH = 25;

  private final DynamoDbAsyncClient ddb = Clients.ASYNC;
  private final String orders;
  private final String indexed;
  private final String streamed;

  AsyncProgram(String prefix) {
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
    report.feature(Feature.ITS_OWN, this::manyAtOnce);
    report.feature(Feature.DELETE_TABLE, this::deleteTable);
  }

  private void create(String table, Consumer<CreateTableRequest.Builder> more) {
    ddb.createTable(r ->
            r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(hash("customer"), range("id"))
                .applyMutation(more))
        .thenCompose(_ -> ddb.waiter().waitUntilTableExists(w -> w.tableName(table)))
        .join();
  }

  private void createTable() {
    create(
        orders,
        r ->
            r.attributeDefinitions(string("customer"), number("id"), string("placed"))
                .localSecondaryIndexes(i ->
                    i.indexName("by-placed")
                        .keySchema(hash("customer"), range("placed"))
                        .projection(EVERYTHING)));
  }

  private void putAndGet() {
    Map<String, AttributeValue> item = order("ann", 1, Map.of());
    Map<String, AttributeValue> got =
        put(orders, item)
            .thenCompose(
                _ -> ddb.getItem(r -> r.tableName(orders).key(key("ann", 1)).consistentRead(true)))
            .join()
            .item();
    assertThat(got).isEqualTo(item);
  }

  private CompletableFuture<?> put(String table, Map<String, AttributeValue> item) {
    return ddb.putItem(r -> r.tableName(table).item(item));
  }

  private void update() {
    assertThat(count("ann", 1).join().attributes())
        .isEqualTo(Map.of("seen", AttributeValue.fromN("1")));
  }

  private CompletableFuture<UpdateItemResponse> count(String customer, int id) {
    return ddb.updateItem(r ->
        r.tableName(orders)
            .key(key(customer, id))
            .updateExpression("ADD seen :one")
            .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
            .returnValues(ReturnValue.UPDATED_NEW));
  }

  private void condition() {
    CompletableFuture<?> refused =
        ddb.putItem(r ->
            r.tableName(orders)
                .item(order("ann", 1, Map.of()))
                .conditionExpression("attribute_not_exists(customer)"));
    assertThatThrownBy(refused::join).hasCauseInstanceOf(ConditionalCheckFailedException.class);
  }

  private void batchWrite() {
    CompletableFuture<?>[] batches =
        IntStream.range(0, ORDERS / BATCH)
            .mapToObj(batch ->
                ddb.batchWriteItem(r -> r.requestItems(Map.of(orders, puts(batch * BATCH + 1)))))
            .map(future ->
                future.thenAccept(answer -> assertThat(answer.unprocessedItems()).isEmpty()))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(batches).join();
  }

  private static List<WriteRequest> puts(int from) {
    return IntStream.range(from, from + BATCH)
        .mapToObj(id ->
            WriteRequest.builder().putRequest(p -> p.item(order("bob", id, Map.of()))).build())
        .toList();
  }

  private void batchGet() {
    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .keys(IntStream.range(0, BATCH).mapToObj(id -> key("bob", id)).toList())
            .build();
    assertThat(
            ddb.batchGetItem(r -> r.requestItems(Map.of(orders, keys)))
                .join()
                .responses()
                .get(orders))
        .hasSize(BATCH - 1);
  }

  private void query() {
    List<Map<String, AttributeValue>> found =
        ddb.query(r ->
                r.tableName(orders)
                    .keyConditionExpression("customer = :c AND id > :n")
                    .expressionAttributeValues(
                        Map.of(":c", AttributeValue.fromS("bob"), ":n", AttributeValue.fromN("5")))
                    .limit(3))
            .join()
            .items();
    assertThat(ids(found)).containsExactly(6, 7, 8);
  }

  private void scan() {
    assertThat(
            IntStream.range(0, 4)
                .mapToObj(part -> ddb.scan(r -> r.tableName(orders).segment(part).totalSegments(4)))
                .toList()
                .stream()
                .mapToInt(part -> part.join().count())
                .sum())
        .isEqualTo(ORDERS + 1);
  }

  private void paginate() {
    Queue<Map<String, AttributeValue>> found = new ConcurrentLinkedQueue<>();
    ddb.scanPaginator(r -> r.tableName(orders).limit(9)).items().subscribe(found::add).join();
    assertThat(found).hasSize(ORDERS + 1);
  }

  private List<Integer> inIndex(String table, String index, String attribute, String value) {
    return ids(
        ddb.query(r ->
                r.tableName(table)
                    .indexName(index)
                    .keyConditionExpression("#a = :v")
                    .expressionAttributeNames(Map.of("#a", attribute))
                    .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))))
            .join()
            .items());
  }

  private void localIndex() {
    // By the text of the day: 2026-01-100, 2026-01-101, …
    assertThat(inIndex(orders, "by-placed", "customer", "bob"))
        .startsWith(90, 91, 92)
        .hasSize(ORDERS);
  }

  private void globalIndex() throws Exception {
    create(
        indexed,
        r ->
            r.attributeDefinitions(string("customer"), number("id"), string("state"))
                .globalSecondaryIndexes(i ->
                    i.indexName("by-state")
                        .keySchema(hash("state"), range("id"))
                        .projection(EVERYTHING)));
    Map<String, AttributeValue> open = Map.of("state", AttributeValue.fromS("open"));
    CompletableFuture.allOf(
            put(indexed, order("ann", 1, open)),
            put(indexed, order("bob", 2, open)),
            put(indexed, order("cid", 3, Map.of())))
        .join();
    Eventually.is(() -> inIndex(indexed, "by-state", "state", "open"), List.of(1, 2)::equals);
    ddb.deleteItem(r -> r.tableName(indexed).key(key("ann", 1))).join();
    Eventually.is(() -> inIndex(indexed, "by-state", "state", "open"), List.of(2)::equals);
  }

  private void indexAddedLater() throws Exception {
    ddb.updateTable(r ->
            r.tableName(indexed)
                .attributeDefinitions(
                    string("customer"), number("id"), string("state"), string("placed"))
                .globalSecondaryIndexUpdates(u ->
                    u.create(c ->
                        c.indexName("by-day").keySchema(hash("placed")).projection(EVERYTHING))))
        .join();
    Eventually.is(
        () -> ddb.describeTable(r -> r.tableName(indexed)).join().table().globalSecondaryIndexes(),
        indexes ->
            indexes.stream()
                .anyMatch(
                    i -> i.indexName().equals("by-day") && i.indexStatus() == IndexStatus.ACTIVE));
    assertThat(inIndex(indexed, "by-day", "placed", SyncProgram.placed(3))).containsExactly(3);
  }

  private CompletableFuture<?> place(int id) {
    return ddb.transactWriteItems(r ->
        r.transactItems(
            i ->
                i.put(p ->
                    p.tableName(orders)
                        .item(order("cid", id, Map.of()))
                        .conditionExpression("attribute_not_exists(id)")),
            i ->
                i.update(u ->
                    u.tableName(orders)
                        .key(key("cid", 0))
                        .updateExpression("ADD orders :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))));
  }

  private void transactWrite() {
    place(1).join();
    assertThatThrownBy(() -> place(1).join())
        .hasCauseInstanceOf(TransactionCanceledException.class);
  }

  private void transactGet() {
    assertThat(
            ddb.transactGetItems(r ->
                    r.transactItems(
                        i -> i.get(g -> g.tableName(orders).key(key("cid", 1))),
                        i -> i.get(g -> g.tableName(orders).key(key("cid", 0)))))
                .join()
                .responses())
        .extracting(answer -> answer.item().size())
        .containsExactly(3, 3);
  }

  private void timeToLive() throws Exception {
    ddb.updateTimeToLive(r ->
            r.tableName(orders)
                .timeToLiveSpecification(s -> s.attributeName("expires").enabled(true)))
        .join();
    String past = Long.toString(Instant.now().minusSeconds(60).getEpochSecond());
    put(orders, order("dan", 1, Map.of("expires", AttributeValue.fromN(past)))).join();
    Eventually.is(
        () -> ddb.getItem(r -> r.tableName(orders).key(key("dan", 1))).join().hasItem(),
        there -> !there);
  }

  private void stream() throws Exception {
    create(
        streamed,
        r ->
            r.attributeDefinitions(string("customer"), number("id"))
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)));
    try (DynamoDbStreamsAsyncClient streams =
        DynamoDbStreamsAsyncClient.builder()
            .endpointOverride(Endpoint.uri())
            .region(Region.of(Endpoint.region()))
            .credentialsProvider(Clients.credentials())
            .build()) {
      put(streamed, order("ann", 1, Map.of())).join();
      List<Record> records = Eventually.is(() -> first(streams), read -> !read.isEmpty());
      assertThat(records.getFirst().dynamodb().keys()).isEqualTo(key("ann", 1));
    } finally {
      ddb.deleteTable(r -> r.tableName(streamed)).join();
    }
  }

  private List<Record> first(DynamoDbStreamsAsyncClient streams) {
    return ddb.describeTable(r -> r.tableName(streamed))
        .thenApply(answer -> answer.table().latestStreamArn())
        .thenCompose(arn ->
            streams
                .describeStream(r -> r.streamArn(arn))
                .thenApply(answer -> answer.streamDescription().shards().getFirst().shardId())
                .thenCompose(shard ->
                    streams.getShardIterator(r ->
                        r.streamArn(arn)
                            .shardId(shard)
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))))
        .thenCompose(answer -> streams.getRecords(r -> r.shardIterator(answer.shardIterator())))
        .join()
        .records();
  }

  private void partiql() {
    List<Map<String, AttributeValue>> found =
        ddb.executeStatement(r ->
                r.statement("SELECT id FROM \"" + orders + "\" WHERE customer = ? AND id >= ?")
                    .parameters(
                        AttributeValue.fromS("bob"), AttributeValue.fromN("" + (ORDERS - 1))))
            .join()
            .items();
    assertThat(ids(found)).containsExactly(ORDERS - 1, ORDERS);
  }

  private void delete() {
    assertThat(
            ddb.deleteItem(
                    r -> r.tableName(orders).key(key("bob", 1)).returnValues(ReturnValue.ALL_OLD))
                .join()
                .attributes())
        .isEqualTo(order("bob", 1, Map.of()));
  }

  private void manyAtOnce() {
    List<CompletableFuture<UpdateItemResponse>> counts =
        IntStream.range(0, ORDERS).mapToObj(_ -> count("fay", 1)).toList();
    assertThat(counts)
        .extracting(each -> each.join().attributes())
        .doesNotHaveDuplicates()
        .contains(
            Map.of("seen", AttributeValue.fromN("1")),
            Map.of("seen", AttributeValue.fromN("" + ORDERS)));
  }

  private void deleteTable() {
    ddb.deleteTable(r -> r.tableName(orders))
        .thenCompose(_ -> ddb.waiter().waitUntilTableNotExists(r -> r.tableName(orders)))
        .join();
    // Where there are no global indexes there is no such table.
    ddb.deleteTable(r -> r.tableName(indexed)).exceptionally(_ -> null).join();
  }
}
