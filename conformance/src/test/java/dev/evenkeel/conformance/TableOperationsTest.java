package dev.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableOperationsTest {
  private final DynamoDbClient ddb = Clients.SYNC;

  @Test
  void tableIsCreatedDescribedAndDeletedWithWaiters() {
    String name = TestTable.freshName();
    TableDescription created =
        ddb.createTable(
                r -> {
                  r.tableName(name).billingMode(BillingMode.PAY_PER_REQUEST);
                  TestTable.addSortKey(r);
                })
            .tableDescription();
    assertThat(created.tableStatus()).isEqualTo(TableStatus.CREATING);
    assertThat(created.tableArn()).endsWith(":table/" + name);

    TableDescription active =
        ddb.waiter()
            .waitUntilTableExists(r -> r.tableName(name))
            .matched()
            .response()
            .orElseThrow()
            .table();
    assertThat(active.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(active.keySchema()).extracting(k -> k.attributeName()).containsExactly("p", "s");
    assertThat(active.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(active.itemCount()).isZero();
    assertThat(active.tableId()).isNotBlank();

    assertThat(ddb.deleteTable(r -> r.tableName(name)).tableDescription().tableStatus())
        .isEqualTo(TableStatus.DELETING);
    ddb.waiter().waitUntilTableNotExists(r -> r.tableName(name));
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> ddb.describeTable(r -> r.tableName(name)))
        .withMessageContaining("Requested resource not found: Table: " + name + " not found");
  }

  @Test
  void tableOfThatNameIsRefusedWhileThereIsOne() {
    try (TestTable table = TestTable.simple()) {
      assertThatExceptionOfType(ResourceInUseException.class)
          .isThrownBy(() ->
              ddb.createTable(r ->
                  r.tableName(table.name())
                      .billingMode(BillingMode.PAY_PER_REQUEST)
                      .attributeDefinitions(TestTable.STRING_P)
                      .keySchema(TestTable.HASH_P)))
          .withMessageContaining("Table already exists: " + table.name());
    }
  }

  @Test
  void arnServesAsName() {
    try (TestTable table = TestTable.simple()) {
      String arn = ddb.describeTable(r -> r.tableName(table.name())).table().tableArn();
      table.put(Values.item("p", "a"));
      assertThat(ddb.getItem(r -> r.tableName(arn).key(Values.item("p", "a"))).item())
          .isEqualTo(Values.item("p", "a"));
    }
  }

  @Test
  void listIsPaged() {
    List<TestTable> tables = IntStream.range(0, 5).mapToObj(i -> TestTable.simple()).toList();
    try {
      List<String> listed = ddb.listTablesPaginator(r -> r.limit(2)).tableNames().stream().toList();
      assertThat(listed).containsAll(tables.stream().map(TestTable::name).toList()).isSorted();
    } finally {
      tables.forEach(TestTable::close);
    }
  }

  @Test
  void billingModeAndThroughputAreUpdated() {
    try (TestTable table = TestTable.simple()) {
      ddb.updateTable(r ->
          r.tableName(table.name())
              .billingMode(BillingMode.PROVISIONED)
              .provisionedThroughput(t -> t.readCapacityUnits(7L).writeCapacityUnits(3L)));
      TableDescription updated =
          ddb.waiter()
              .waitUntilTableExists(r -> r.tableName(table.name()))
              .matched()
              .response()
              .orElseThrow()
              .table();
      assertThat(updated.provisionedThroughput().readCapacityUnits()).isEqualTo(7);
      assertThat(updated.provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
    }
  }

  @Test
  void protectedTableIsNotDeleted() {
    try (TestTable table = TestTable.create(r -> r.deletionProtectionEnabled(true))) {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> ddb.deleteTable(r -> r.tableName(table.name())))
          .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).contains("Validation"));
      ddb.updateTable(r -> r.tableName(table.name()).deletionProtectionEnabled(false));
    }
  }

  @Test
  void localIndexIsDescribed() {
    try (TestTable table = TestTable.withIndex(ProjectionType.ALL)) {
      assertThat(ddb.describeTable(r -> r.tableName(table.name())).table().localSecondaryIndexes())
          .singleElement()
          .satisfies(index -> {
            assertThat(index.indexName()).isEqualTo("by-name");
            assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.ALL);
            assertThat(index.indexArn()).endsWith(table.name() + "/index/by-name");
          });
    }
  }

  @Test
  void tagsAreAddedListedAndRemoved() {
    try (TestTable table = TestTable.create(r -> r.tags(tag("team", "keel"), tag("cost", "0")))) {
      String arn = ddb.describeTable(r -> r.tableName(table.name())).table().tableArn();
      ddb.tagResource(r -> r.resourceArn(arn).tags(tag("stage", "test"), tag("cost", "1")));
      ddb.untagResource(r -> r.resourceArn(arn).tagKeys("team"));
      assertThat(ddb.listTagsOfResource(r -> r.resourceArn(arn)).tags())
          .containsExactlyInAnyOrder(tag("stage", "test"), tag("cost", "1"));
    }
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void serviceDescribesItself() {
    assertThat(ddb.describeLimits().tableMaxReadCapacityUnits()).isPositive();
    assertThat(ddb.describeEndpoints().endpoints()).isNotEmpty();
  }

  @Test
  void featuresThatAreOffAtFirstSaySo() {
    try (TestTable table = TestTable.simple()) {
      assertThat(
              ddb.describeTimeToLive(r -> r.tableName(table.name()))
                  .timeToLiveDescription()
                  .timeToLiveStatus())
          .isEqualTo(TimeToLiveStatus.DISABLED);
      assertThat(
              ddb.describeContinuousBackups(r -> r.tableName(table.name()))
                  .continuousBackupsDescription()
                  .continuousBackupsStatus())
          .isNotEqualTo(ContinuousBackupsStatus.UNKNOWN_TO_SDK_VERSION);
    }
  }
}
