package dev.evenkeel.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.dynamodbv2.AcquireLockOptions;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClient;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions;
import com.amazonaws.services.dynamodbv2.CreateDynamoDBTableOptions;
import com.amazonaws.services.dynamodbv2.LockItem;
import com.amazonaws.services.dynamodbv2.model.LockCurrentlyUnavailableException;
import com.amazonaws.services.dynamodbv2.model.LockNotGrantedException;
import dev.evenkeel.conformance.Clients;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/// Locks of several owners, with the DynamoDB Lock Client.
final class LockProgram {
  /// Of owners that live: no busy machine outlasts it.
  private static final long LEASE_MILLIS = Duration.ofMinutes(30).toMillis();

  private static final long HEARTBEAT_MILLIS = 100;

  /// What an owner that has died keeps the others waiting for.
  private static final long LAST_LEASE_MILLIS = 500;

  private final String table;

  LockProgram(String prefix) {
    table = prefix + "-locks";
  }

  void run(Report report) throws Exception {
    report.notOffered(
        "it is for locks alone",
        Feature.UPDATE,
        Feature.BATCH_GET,
        Feature.BATCH_WRITE,
        Feature.LOCAL_INDEX,
        Feature.GLOBAL_INDEX,
        Feature.INDEX_ADDED_LATER,
        Feature.TRANSACT_WRITE,
        Feature.TRANSACT_GET,
        Feature.TIME_TO_LIVE,
        Feature.STREAM,
        Feature.PARTIQL,
        Feature.PAGINATE,
        Feature.QUERY,
        Feature.DELETE_TABLE);
    report.feature(Feature.CREATE_TABLE, this::createTable);
    try (AmazonDynamoDBLockClient ann = owner("ann", LEASE_MILLIS);
        AmazonDynamoDBLockClient bob = owner("bob", LEASE_MILLIS)) {
      report.feature(Feature.PUT_AND_GET, () -> takesAndSees(ann, bob));
      report.feature(Feature.CONDITION, () -> onlyOneOwner(ann, bob));
      report.feature(Feature.SCAN, () -> seesAllLocks(ann));
      report.feature(Feature.DELETE, () -> releases(ann, bob));
      report.feature(Feature.ITS_OWN, () -> takesOverFromADeadOwner(bob));
    }
    Clients.SYNC.deleteTable(r -> r.tableName(table));
  }

  private void createTable() {
    AmazonDynamoDBLockClient.createLockTableInDynamoDB(
        CreateDynamoDBTableOptions.builder(
                Clients.SYNC,
                ProvisionedThroughput.builder()
                    .readCapacityUnits(5L)
                    .writeCapacityUnits(5L)
                    .build(),
                table)
            .build());
    Clients.SYNC.waiter().waitUntilTableExists(r -> r.tableName(table));
  }

  private AmazonDynamoDBLockClient owner(String name, long leaseMillis) {
    return new AmazonDynamoDBLockClient(
        AmazonDynamoDBLockClientOptions.builder(Clients.SYNC, table)
            .withOwnerName(name)
            .withTimeUnit(TimeUnit.MILLISECONDS)
            .withLeaseDuration(leaseMillis)
            .withHeartbeatPeriod(HEARTBEAT_MILLIS)
            .withCreateHeartbeatBackgroundThread(leaseMillis == LEASE_MILLIS)
            .build());
  }

  private static void takesAndSees(AmazonDynamoDBLockClient ann, AmazonDynamoDBLockClient bob)
      throws InterruptedException {
    ByteBuffer note = ByteBuffer.wrap("until noon".getBytes(StandardCharsets.UTF_8));
    ann.acquireLock(AcquireLockOptions.builder("printer").withData(note).build());
    LockItem seen = bob.getLock("printer", Optional.empty()).orElseThrow();
    assertThat(seen.getOwnerName()).isEqualTo("ann");
    assertThat(seen.getData()).hasValue(note);
  }

  /// And his heartbeats renew the lock.
  private static void onlyOneOwner(AmazonDynamoDBLockClient ann, AmazonDynamoDBLockClient bob)
      throws Exception {
    assertThatExceptionOfType(LockCurrentlyUnavailableException.class)
        .isThrownBy(() ->
            bob.acquireLock(
                AcquireLockOptions.builder("printer").withShouldSkipBlockingWait(true).build()));
    assertThat(ann.hasLock("printer", Optional.empty())).isTrue();
    String first = version(bob);
    Eventually.is(() -> version(bob), later -> !later.equals(first));
  }

  private static String version(AmazonDynamoDBLockClient owner) {
    return owner.getLock("printer", Optional.empty()).orElseThrow().getRecordVersionNumber();
  }

  private static void seesAllLocks(AmazonDynamoDBLockClient ann) throws InterruptedException {
    ann.acquireLock(AcquireLockOptions.builder("scanner").build());
    assertThat(ann.getAllLocksFromDynamoDB(false))
        .extracting(LockItem::getPartitionKey)
        .containsExactlyInAnyOrder("printer", "scanner");
  }

  private static void releases(AmazonDynamoDBLockClient ann, AmazonDynamoDBLockClient bob)
      throws InterruptedException {
    assertThat(ann.releaseLock(ann.getLock("printer", Optional.empty()).orElseThrow())).isTrue();
    LockItem taken =
        bob.tryAcquireLock(AcquireLockOptions.builder("printer").build()).orElseThrow();
    assertThat(taken.getOwnerName()).isEqualTo("bob");
    taken.close();
  }

  private void takesOverFromADeadOwner(AmazonDynamoDBLockClient bob) throws Exception {
    try (AmazonDynamoDBLockClient dead = owner("dead", LAST_LEASE_MILLIS)) {
      LockItem lost = dead.acquireLock(AcquireLockOptions.builder("plotter").build());
      LockItem taken =
          bob.acquireLock(
              AcquireLockOptions.builder("plotter")
                  .withRefreshPeriod(HEARTBEAT_MILLIS)
                  .withAdditionalTimeToWaitForLock(LEASE_MILLIS)
                  .withTimeUnit(TimeUnit.MILLISECONDS)
                  .build());
      assertThat(taken.getOwnerName()).isEqualTo("bob");
      assertThat(lost.isExpired()).isTrue();
      assertThatExceptionOfType(LockNotGrantedException.class)
          .isThrownBy(() -> dead.sendHeartbeat(lost));
    }
  }
}
