import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Follows a table's changes with the Kinesis Client Library and the adapter for DynamoDB's streams:
 * run.sh Program ENDPOINT PREFIX. The library keeps its leases and checkpoints, its leader and what
 * it knows of its workers in tables of its own, at the same endpoint.
 */
final class Program {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int KEYS = 25;
  private static final int ROUNDS = 20;
  private static final String LEASE_OWNER_INDEX = "LeaseOwnerToLeaseKeyIndex";

  private final URI endpoint;
  private final String application;
  private final String table;
  private final DynamoDbClient ddb;
  private final Journal journal = new Journal();
  private int version;

  private Program(URI endpoint, String prefix) {
    this.endpoint = endpoint;
    application = prefix + "-kcl";
    table = prefix + "-followed";
    ddb =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(System.getenv("AWS_REGION")))
            .credentialsProvider(DefaultCredentialsProvider.builder().build())
            .build();
  }

  public static void main(String[] arguments) {
    new Program(URI.create(arguments[0]), arguments[1]).run();
    // Threads of the library may be left.
    System.exit(0);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void feature(String name, Step step) {
    try {
      step.run();
      System.out.println("ok\t" + name);
    } catch (Exception | AssertionError e) {
      System.out.println("error\t" + name + "\t" + String.valueOf(e).replaceAll("\\s+", " "));
    }
  }

  private static void none(String... names) {
    for (String name : names) {
      System.out.println("none\t" + name + "\tit follows streams");
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void eventually(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.call()) {
      check(System.nanoTime() < end, "it does not come to be: " + what);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void run() {
    none("paginate", "batch get", "batch write", "local index", "transact write", "transact get");
    none("time to live", "PartiQL", "delete", "delete table");
    String arn = createTable();
    Worker ann = worker(arn, "ann");
    feature("stream", this::everyChangeArrivesInOrder);
    feature("create table", this::itsTablesAreThere);
    feature("index added later", this::leasesHaveAnIndex);
    feature("put and get", () -> leaseIs("leaseOwner", "ann"));
    feature("update", this::checkpointFollows);
    feature("scan", () -> eventually("ann reports herself", () -> reporting().contains("ann")));
    feature("condition", () -> check(leader().equals("ann"), "ann does not lead"));
    Worker bob = worker(arn, "bob");
    feature("query", () -> eventually("bob reports himself", () -> reporting().contains("bob")));
    feature("global index", () -> bobTakesOver(ann));
    feature("its own", () -> carolGoesOnAtTheCheckpoint(arn, bob));
    ddb.deleteTable(r -> r.tableName(table));
    for (String own : itsTables()) {
      ddb.deleteTable(r -> r.tableName(own));
    }
  }

  @SuppressWarnings("unchecked")
  private String createTable() {
    ddb.createTable(r ->
        r.tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(a -> a.attributeName("p").attributeType(ScalarAttributeType.S))
            .keySchema(k -> k.attributeName("p").keyType(KeyType.HASH))
            .streamSpecification(s ->
                s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    ddb.waiter().waitUntilTableExists(r -> r.tableName(table));
    return ddb.describeTable(r -> r.tableName(table)).table().latestStreamArn();
  }

  private Worker worker(String arn, String name) {
    return new Worker(endpoint, application, arn, name, journal.of(name));
  }

  /** Changes each key once a round; the last change of each third key is that it goes. */
  private void change(int rounds) {
    for (int round = 0; round < rounds; round++) {
      version++;
      for (int key = 0; key < KEYS; key++) {
        String id = "key-" + key;
        if (round == rounds - 1 && key % 3 == 0) {
          ddb.deleteItem(r -> r.tableName(table).key(Map.of("p", AttributeValue.fromS(id))));
          journal.wrote(id, "gone");
        } else {
          Map<String, AttributeValue> item =
              Map.of("p", AttributeValue.fromS(id), "v", AttributeValue.fromN("" + version));
          ddb.putItem(r -> r.tableName(table).item(item));
          journal.wrote(id, "" + version);
        }
      }
    }
  }

  private void everyChangeArrivesInOrder() throws Exception {
    change(ROUNDS);
    eventually("all that was written has come", journal::isComplete);
    journal.verify();
  }

  private List<String> itsTables() {
    return List.of(
        application, application + "-CoordinatorState", application + "-WorkerMetricStats");
  }

  private void itsTablesAreThere() {
    for (String own : itsTables()) {
      TableStatus status = ddb.describeTable(r -> r.tableName(own)).table().tableStatus();
      check(status == TableStatus.ACTIVE, own + " is " + status);
    }
  }

  private void leasesHaveAnIndex() throws Exception {
    eventually(
        "the index of leases by owner",
        () ->
            ddb
                .describeTable(r -> r.tableName(application))
                .table()
                .globalSecondaryIndexes()
                .stream()
                .anyMatch(index ->
                    index.indexName().equals(LEASE_OWNER_INDEX)
                        && index.indexStatus() == IndexStatus.ACTIVE));
    check(leasesOf("ann") == 1, "ann's lease is not in the index");
  }

  private int leasesOf(String owner) {
    return ddb.query(r ->
            r.tableName(application)
                .indexName(LEASE_OWNER_INDEX)
                .keyConditionExpression("leaseOwner = :o")
                .expressionAttributeValues(Map.of(":o", AttributeValue.fromS(owner))))
        .count();
  }

  private Map<String, AttributeValue> lease() {
    List<Map<String, AttributeValue>> leases =
        ddb.scan(r -> r.tableName(application).consistentRead(true)).items();
    check(leases.size() == 1, "leases: " + leases);
    return leases.getFirst();
  }

  private void leaseIs(String attribute, String wanted) throws Exception {
    eventually(
        attribute + " " + wanted,
        () ->
            lease().containsKey(attribute) && lease().get(attribute).s().equals(wanted));
  }

  private void checkpointFollows() throws Exception {
    leaseIs("checkpoint", journal.last());
  }

  private List<String> reporting() {
    return ddb.scan(r -> r.tableName(application + "-WorkerMetricStats")).items().stream()
        .map(item -> item.get("wid").s())
        .toList();
  }

  /** Who decides for all workers, by the lock that he holds. */
  private String leader() {
    return ddb.scan(r -> r.tableName(application + "-CoordinatorState")).items().stream()
        .filter(item -> item.containsKey("ownerName"))
        .map(item -> item.get("ownerName").s())
        .findFirst()
        .orElse("");
  }

  private void bobTakesOver(Worker ann) throws Exception {
    ann.close();
    change(ROUNDS);
    eventually("all that was written has come", journal::isComplete);
    journal.verify();
    check(journal.by("bob") > 0, "bob got nothing");
    leaseIs("leaseOwner", "bob");
    eventually("bob leads", () -> leader().equals("bob"));
  }

  /** And to the end, as the stream is turned off meanwhile. */
  private void carolGoesOnAtTheCheckpoint(String arn, Worker bob) throws Exception {
    leaseIs("checkpoint", journal.last());
    bob.close();
    change(ROUNDS);
    ddb.updateTable(r -> r.tableName(table).streamSpecification(s -> s.streamEnabled(false)));
    Worker carol = worker(arn, "carol");
    eventually("the shard ends", journal::isEnded);
    check(journal.isComplete(), "the shard ended before its records");
    journal.verify();
    check(journal.by("carol") == ROUNDS * KEYS, "carol got " + journal.by("carol"));
    leaseIs("checkpoint", "SHARD_END");
    carol.close();
  }

  /** What was written and what has come, by key. */
  private static final class Journal {
    private final Map<String, List<String>> written = new HashMap<>();
    private final Map<String, List<String>> come = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final TreeSet<String> numbers = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private boolean ended;

    synchronized void wrote(String key, String what) {
      written.computeIfAbsent(key, _ -> new ArrayList<>()).add(what);
    }

    Worker.Follower of(String worker) {
      return new Worker.Follower() {
        @Override
        public void records(List<Record> records) {
          records.forEach(record -> came(worker, record));
        }

        @Override
        public void shardEnded() {
          end();
        }
      };
    }

    private synchronized void end() {
      ended = true;
    }

    synchronized boolean isEnded() {
      return ended;
    }

    /** Nothing comes twice: no worker here goes without a checkpoint. */
    private synchronized void came(String worker, Record record) {
      String number = record.dynamodb().sequenceNumber();
      if (!numbers.isEmpty() && number.compareTo(numbers.last()) <= 0) {
        wrong.add(number + " came after " + numbers.last());
      }
      numbers.add(number);
      counts.merge(worker, 1, Integer::sum);
      String what =
          record.eventName() == OperationType.REMOVE
              ? "gone"
              : record.dynamodb().newImage().get("v").n();
      come.computeIfAbsent(record.dynamodb().keys().get("p").s(), _ -> new ArrayList<>()).add(what);
    }

    synchronized boolean isComplete() {
      return numbers.size() >= written.values().stream().mapToInt(List::size).sum();
    }

    synchronized String last() {
      return numbers.last();
    }

    synchronized int by(String worker) {
      return counts.getOrDefault(worker, 0);
    }

    synchronized void verify() {
      check(wrong.isEmpty(), "out of order: " + wrong);
      check(come.equals(written), "written " + written + ", come " + come);
    }
  }
}
