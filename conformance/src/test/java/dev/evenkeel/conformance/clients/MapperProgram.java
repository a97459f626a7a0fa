package dev.evenkeel.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBStreams;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBStreamsClientBuilder;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBMapper;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBMapper.FailedBatch;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBMapperConfig;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBMapperConfig.TableNameOverride;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBQueryExpression;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBSaveExpression;
import com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBScanExpression;
import com.amazonaws.services.dynamodbv2.datamodeling.ScanResultPage;
import com.amazonaws.services.dynamodbv2.datamodeling.TransactionLoadRequest;
import com.amazonaws.services.dynamodbv2.datamodeling.TransactionWriteRequest;
import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.dynamodbv2.model.ConditionalCheckFailedException;
import com.amazonaws.services.dynamodbv2.model.CreateTableRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeStreamRequest;
import com.amazonaws.services.dynamodbv2.model.ExecuteStatementRequest;
import com.amazonaws.services.dynamodbv2.model.ExpectedAttributeValue;
import com.amazonaws.services.dynamodbv2.model.GetRecordsRequest;
import com.amazonaws.services.dynamodbv2.model.GetRecordsResult;
import com.amazonaws.services.dynamodbv2.model.GetShardIteratorRequest;
import com.amazonaws.services.dynamodbv2.model.Projection;
import com.amazonaws.services.dynamodbv2.model.ProjectionType;
import com.amazonaws.services.dynamodbv2.model.ResourceNotFoundException;
import com.amazonaws.services.dynamodbv2.model.StreamSpecification;
import com.amazonaws.services.dynamodbv2.model.StreamViewType;
import com.amazonaws.services.dynamodbv2.model.TimeToLiveSpecification;
import com.amazonaws.services.dynamodbv2.model.TransactionCanceledException;
import com.amazonaws.services.dynamodbv2.model.UpdateTimeToLiveRequest;
import com.amazonaws.services.dynamodbv2.util.TableUtils;
import dev.evenkeel.conformance.Clients;
import dev.evenkeel.conformance.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/// A shop's orders as objects, with the mapper of AWS's SDK for Java, version 1, which is old,
/// widely used, and speaks with the legacy parameters of the API.
final class MapperProgram {
  private static final int ORDERS = 60;

  private final String prefix;
  private final AmazonDynamoDB ddb;
  private final AmazonDynamoDBStreams streams;
  private final DynamoDBMapper orders;
  private final DynamoDBMapper tasks;

  MapperProgram(String prefix) {
    this.prefix = prefix;
    AwsCredentials credentials = Clients.credentials().resolveCredentials();
    AWSStaticCredentialsProvider provider =
        new AWSStaticCredentialsProvider(
            new BasicAWSCredentials(credentials.accessKeyId(), credentials.secretAccessKey()));
    EndpointConfiguration endpoint =
        new EndpointConfiguration(Endpoint.uri().toString(), Endpoint.region());
    ddb =
        AmazonDynamoDBClientBuilder.standard()
            .withEndpointConfiguration(endpoint)
            .withCredentials(provider)
            .build();
    streams =
        AmazonDynamoDBStreamsClientBuilder.standard()
            .withEndpointConfiguration(endpoint)
            .withCredentials(provider)
            .build();
    orders = mapper("orders");
    tasks = mapper("tasks");
  }

  private DynamoDBMapper mapper(String table) {
    return new DynamoDBMapper(
        ddb,
        DynamoDBMapperConfig.builder()
            .withTableNameOverride(TableNameOverride.withTableNameReplacement(name(table)))
            .build());
  }

  private String name(String table) {
    return prefix + "-" + table;
  }

  void run(Report report) {
    report.notOffered("its users alter tables with other tools", Feature.INDEX_ADDED_LATER);
    report.feature(Feature.CREATE_TABLE, this::createTable);
    report.feature(Feature.PUT_AND_GET, this::saveAndLoad);
    report.feature(Feature.UPDATE, this::update);
    report.feature(Feature.CONDITION, this::condition);
    report.feature(Feature.BATCH_WRITE, this::batchSave);
    report.feature(Feature.BATCH_GET, this::batchLoad);
    report.feature(Feature.QUERY, this::query);
    report.feature(Feature.SCAN, this::parallelScan);
    report.feature(Feature.PAGINATE, this::pages);
    report.feature(Feature.LOCAL_INDEX, this::localIndex);
    report.feature(Feature.GLOBAL_INDEX, this::globalIndex);
    report.feature(Feature.TRANSACT_WRITE, this::transactionWrite);
    report.feature(Feature.TRANSACT_GET, this::transactionLoad);
    report.feature(Feature.TIME_TO_LIVE, this::timeToLive);
    report.feature(Feature.STREAM, this::stream);
    report.feature(Feature.PARTIQL, this::partiql);
    report.feature(Feature.ITS_OWN, this::versionsKeepWritersApart);
    report.feature(Feature.DELETE, this::delete);
    report.feature(Feature.DELETE_TABLE, this::deleteTables);
    ddb.shutdown();
    streams.shutdown();
  }

  private void create(CreateTableRequest request) throws InterruptedException {
    ddb.createTable(request.withBillingMode(BillingMode.PAY_PER_REQUEST));
    TableUtils.waitUntilActive(ddb, request.getTableName());
  }

  private void createTable() throws InterruptedException {
    create(orders.generateCreateTableRequest(MappedOrder.class));
  }

  private @Nullable MappedOrder load(String customer, int id) {
    return orders.load(MappedOrder.class, customer, id);
  }

  private MappedOrder loaded(String customer, int id) {
    MappedOrder order = load(customer, id);
    if (order == null) {
      throw new AssertionError("no order " + id + " of " + customer);
    }
    return order;
  }

  private void saveAndLoad() {
    MappedOrder order = MappedOrder.of("ann", 1);
    order.setTags(Set.of("a", "b"));
    orders.save(order);
    assertThat(loaded("ann", 1)).usingRecursiveComparison().isEqualTo(order);
  }

  private void update() {
    MappedOrder order = loaded("ann", 1);
    order.setState(MappedOrder.State.SENT);
    order.setTags(null);
    orders.save(order);
    assertThat(loaded("ann", 1).getState()).isEqualTo(MappedOrder.State.SENT);
    assertThat(loaded("ann", 1).getTags()).isNull();
  }

  private void condition() {
    MappedOrder order = loaded("ann", 1);
    DynamoDBSaveExpression isOpen =
        new DynamoDBSaveExpression()
            .withExpectedEntry(
                "state", new ExpectedAttributeValue(new AttributeValue().withS("OPEN")));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> orders.save(order, isOpen));
  }

  private void batchSave() {
    List<FailedBatch> failed =
        orders.batchSave(
            IntStream.rangeClosed(2, ORDERS).mapToObj(id -> MappedOrder.of("ann", id)).toList());
    assertThat(failed).isEmpty();
  }

  private void batchLoad() {
    Map<String, List<Object>> found =
        orders.batchLoad(
            List.of(MappedOrder.of("ann", 2), MappedOrder.of("ann", 3), MappedOrder.of("ann", 99)));
    assertThat(found.get(name("orders"))).hasSize(2);
  }

  private void query() {
    DynamoDBQueryExpression<MappedOrder> query =
        new DynamoDBQueryExpression<MappedOrder>()
            .withKeyConditionExpression("customer = :c AND id BETWEEN :from AND :to")
            .withExpressionAttributeValues(
                Map.of(
                    ":c",
                    new AttributeValue("ann"),
                    ":from",
                    new AttributeValue().withN("2"),
                    ":to",
                    new AttributeValue().withN("5")))
            .withScanIndexForward(false);
    assertThat(orders.query(MappedOrder.class, query))
        .extracting(MappedOrder::getId)
        .containsExactly(5, 4, 3, 2);
  }

  private void parallelScan() {
    assertThat(orders.parallelScan(MappedOrder.class, new DynamoDBScanExpression(), 4))
        .hasSize(ORDERS);
    assertThat(orders.count(MappedOrder.class, new DynamoDBScanExpression())).isEqualTo(ORDERS);
  }

  private void pages() {
    DynamoDBScanExpression scan = new DynamoDBScanExpression().withLimit(25);
    List<MappedOrder> found = new ArrayList<>();
    do {
      ScanResultPage<MappedOrder> page = orders.scanPage(MappedOrder.class, scan);
      found.addAll(page.getResults());
      scan.setExclusiveStartKey(page.getLastEvaluatedKey());
    } while (scan.getExclusiveStartKey() != null);
    assertThat(found).hasSize(ORDERS);
    assertThat(
            orders.query(
                MappedOrder.class,
                new DynamoDBQueryExpression<MappedOrder>()
                    .withHashKeyValues(ofCustomer("ann"))
                    .withLimit(7)))
        .hasSize(ORDERS);
  }

  private static MappedOrder ofCustomer(String customer) {
    MappedOrder order = new MappedOrder();
    order.setCustomer(customer);
    return order;
  }

  private void localIndex() {
    DynamoDBQueryExpression<MappedOrder> query =
        new DynamoDBQueryExpression<MappedOrder>()
            .withHashKeyValues(ofCustomer("ann"))
            .withIndexName("by-placed")
            .withConsistentRead(true);
    assertThat(orders.query(MappedOrder.class, query))
        .extracting(MappedOrder::getId)
        .startsWith(ORDERS, ORDERS - 1);
  }

  private List<@Nullable Integer> tasksOf(String owner) {
    MappedTask key = new MappedTask();
    key.setOwner(owner);
    return tasks
        .query(
            MappedTask.class,
            new DynamoDBQueryExpression<MappedTask>()
                .withHashKeyValues(key)
                .withIndexName(MappedTask.BY_OWNER)
                .withConsistentRead(false))
        .stream()
        .<@Nullable Integer>map(MappedTask::getRank)
        .toList();
  }

  private void globalIndex() throws Exception {
    CreateTableRequest request = tasks.generateCreateTableRequest(MappedTask.class);
    request
        .getGlobalSecondaryIndexes()
        .forEach(
            index -> index.setProjection(new Projection().withProjectionType(ProjectionType.ALL)));
    create(request);
    MappedTask second = MappedTask.of("ann", 2);
    tasks.batchSave(MappedTask.of("ann", 3), MappedTask.of("ann", 1), second);
    Eventually.is(() -> tasksOf("ann"), List.of(1, 2, 3)::equals);
    second.setOwner("bob");
    tasks.save(second);
    Eventually.is(() -> tasksOf("ann"), List.of(1, 3)::equals);
  }

  /// The mapper asks that an order without a version be new.
  private void place(int id) {
    TransactionWriteRequest write = new TransactionWriteRequest();
    write.addPut(MappedOrder.of("bob", id)).addPut(MappedOrder.of("bob", 100 + id));
    orders.transactionWrite(write);
  }

  private void transactionWrite() {
    place(1);
    assertThatExceptionOfType(TransactionCanceledException.class).isThrownBy(() -> place(1));
  }

  private void transactionLoad() {
    TransactionLoadRequest load = new TransactionLoadRequest();
    load.addLoad(MappedOrder.of("bob", 1)).addLoad(MappedOrder.of("bob", 101));
    assertThat(orders.transactionLoad(load)).hasSize(2).doesNotContainNull();
  }

  private void timeToLive() {
    ddb.updateTimeToLive(
        new UpdateTimeToLiveRequest()
            .withTableName(name("orders"))
            .withTimeToLiveSpecification(
                new TimeToLiveSpecification().withAttributeName("expires").withEnabled(true)));
  }

  private void stream() throws Exception {
    DynamoDBMapper streamed = mapper("streamed");
    create(
        streamed
            .generateCreateTableRequest(MappedOrder.class)
            .withStreamSpecification(
                new StreamSpecification()
                    .withStreamEnabled(true)
                    .withStreamViewType(StreamViewType.NEW_IMAGE)));
    streamed.save(MappedOrder.of("ann", 1));
    String arn = ddb.describeTable(name("streamed")).getTable().getLatestStreamArn();
    String shard =
        streams
            .describeStream(new DescribeStreamRequest().withStreamArn(arn))
            .getStreamDescription()
            .getShards()
            .getFirst()
            .getShardId();
    String iterator =
        streams
            .getShardIterator(
                new GetShardIteratorRequest()
                    .withStreamArn(arn)
                    .withShardId(shard)
                    .withShardIteratorType("TRIM_HORIZON"))
            .getShardIterator();
    GetRecordsResult read =
        Eventually.is(
            () -> streams.getRecords(new GetRecordsRequest().withShardIterator(iterator)),
            page -> !page.getRecords().isEmpty());
    assertThat(
            streamed.marshallIntoObject(
                MappedOrder.class, read.getRecords().getFirst().getDynamodb().getNewImage()))
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(MappedOrder.of("ann", 1));
    ddb.deleteTable(name("streamed"));
  }

  private void partiql() {
    assertThat(
            ddb.executeStatement(
                    new ExecuteStatementRequest()
                        .withStatement(
                            "SELECT id FROM \"" + name("orders") + "\" WHERE customer = 'ann'"))
                .getItems())
        .hasSize(ORDERS);
  }

  private void versionsKeepWritersApart() {
    MappedOrder mine = loaded("ann", 2);
    MappedOrder yours = loaded("ann", 2);
    orders.save(mine);
    assertThat(mine.getVersion()).isEqualTo(1);
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> orders.save(yours));
  }

  private void delete() {
    orders.delete(loaded("ann", 3));
    assertThat(load("ann", 3)).isNull();
    assertThat(orders.batchDelete(loaded("ann", 4), loaded("ann", 5))).isEmpty();
  }

  private void deleteTables() {
    ddb.deleteTable(name("orders"));
    try {
      ddb.deleteTable(name("tasks"));
    } catch (ResourceNotFoundException e) {
      // Where there are no global indexes there is no such table.
      assertThat(e.getMessage()).contains(name("tasks"));
    }
  }
}
