package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Table;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableOperationsTest {
  private static final String ARN = "arn:aws:dynamodb:local:000000000000:table/abc";

  private final TestTables tables = new TestTables();

  @AfterEach
  void end() {
    tables.environment.close();
    assertThat(tables.faults).isEmpty();
  }

  private String update(String parameters) {
    return tables.call("UpdateTable", "{\"TableName\":\"abc\"," + parameters + "}");
  }

  private String updateRefusal(String parameters) {
    return tables.refusal("UpdateTable", "{\"TableName\":\"abc\"," + parameters + "}");
  }

  private static String throughput(long reads, long writes) {
    return "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":"
        + reads
        + ",\"WriteCapacityUnits\":"
        + writes
        + "}";
  }

  private String described() {
    return tables.call("DescribeTable", "{\"TableName\":\"abc\"}");
  }

  @Test
  void tableIsDescribedByNameAndArn() {
    tables.create("abc");
    assertThat(described()).startsWith("{\"Table\":{").contains("\"TableStatus\":\"ACTIVE\"");
    assertThat(tables.call("DescribeTable", "{\"TableName\":\"" + ARN + "\"}"))
        .isEqualTo(described());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DescribeTable", "DeleteTable", "DescribeTimeToLive"})
  void missingTableIsNamed(String operation) {
    assertThat(tables.refusal(operation, "{\"TableName\":\"abc\"}"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found: Table: abc not found");
    assertThat(tables.refusal(operation, "{\"TableName\":\"" + ARN + "\"}"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found: Table: abc not found");
  }

  @Test
  void changeOfAMissingTableIsRefused() {
    assertThat(updateRefusal("\"DeletionProtectionEnabled\":true"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found: Table: abc not found");
  }

  @Test
  void billingModeAndThroughputChangeWhenTheTableIsActiveAgain() {
    tables.create("abc");
    tables.environment.wallMillis = 1_700_000_001_000L;
    assertThat(update("\"BillingMode\":\"PROVISIONED\"," + throughput(5, 6)))
        .startsWith("{\"TableDescription\":{")
        .contains("\"TableStatus\":\"UPDATING\"")
        .contains("\"ReadCapacityUnits\":0");
    tables.settle();
    assertThat(described())
        .contains("\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":6")
        .contains("\"BillingModeSummary\":{\"BillingMode\":\"PROVISIONED\"");
    update(throughput(7, 5));
    tables.settle();
    assertThat(described())
        .contains(
            "\"LastIncreaseDateTime\":1700000001.000,\"LastDecreaseDateTime\":1700000001.000,"
                + "\"NumberOfDecreasesToday\":1,\"ReadCapacityUnits\":7,\"WriteCapacityUnits\":5");
    tables.environment.wallMillis = 1_700_086_401_000L;
    assertThat(described()).contains("\"NumberOfDecreasesToday\":0");
    update("\"BillingMode\":\"PAY_PER_REQUEST\"");
    tables.settle();
    assertThat(described())
        .contains("\"ReadCapacityUnits\":0")
        .contains("\"LastUpdateToPayPerRequestDateTime\":1700086401.000");
  }

  @Test
  void throughputThatDoesNotChangeIsRefused() {
    tables.create("abc");
    update("\"BillingMode\":\"PROVISIONED\"," + throughput(5, 6));
    tables.settle();
    assertThat(updateRefusal(throughput(5, 6)))
        .isEqualTo(
            "ValidationException: The provisioned throughput for the table will not change. The"
                + " requested value equals the current value. Current ReadCapacityUnits"
                + " provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current"
                + " WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits:"
                + " 6. Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
                + " request higher limits.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1} | One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST
          "BillingMode":"PROVISIONED" | One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED
          "AttributeDefinitions":[] | At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required
          "GlobalSecondaryIndexUpdates":[] | At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required
          "WarmThroughput":{"ReadUnitsPerSecond":1} | One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported
          "ReplicaUpdates":[{"Create":{"RegionName":"x"}}] | ReplicaUpdates is not supported by this version of Evenkeel
          "MultiRegionConsistency":"STRONG" | MultiRegionConsistency is not supported by this version of Evenkeel
          "GlobalTableWitnessUpdates":[{"Create":{"RegionName":"x"}}] | GlobalTableWitnessUpdates is not supported by this version of Evenkeel
          "VectorIndexUpdates":[{"Delete":{"IndexName":"abc"}}] | VectorIndexUpdates is not supported by this version of Evenkeel
          "DisassociationProtectionEnabled":true | DisassociationProtectionEnabled is not supported by this version of Evenkeel
          "StreamSpecification":{"StreamEnabled":true} | One or more parameter values were invalid: Table is being updated with a stream enabled, UpdateViewType is required
          "StreamSpecification":{"StreamEnabled":false} | Table has no stream to disable: TableName: abc
          "SSESpecification":{"Enabled":true} | SSESpecification with a key of a key service is not supported by this version of Evenkeel
          """)
  void updatesAreChecked(String parameters, String message) {
    tables.create("abc");
    assertThat(updateRefusal(parameters)).isEqualTo("ValidationException: " + message);
    assertThat(tables.catalogue.named("abc").status()).isEqualTo(Table.Status.ACTIVE);
  }

  @Test
  void boundsOnDemandAreSetAndLifted() {
    tables.create("abc");
    update("\"OnDemandThroughput\":{\"MaxReadRequestUnits\":9,\"MaxWriteRequestUnits\":8}");
    tables.settle();
    assertThat(described())
        .contains("\"OnDemandThroughput\":{\"MaxReadRequestUnits\":9,\"MaxWriteRequestUnits\":8}");
    update("\"OnDemandThroughput\":{\"MaxReadRequestUnits\":-1,\"MaxWriteRequestUnits\":-1}");
    tables.settle();
    assertThat(described()).doesNotContain("OnDemandThroughput");
  }

  @Test
  void classAndDeletionProtectionChangeAtOnce() {
    tables.create("abc");
    assertThat(
            update(
                "\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\",\"DeletionProtectionEnabled\":true"))
        .contains(
            "\"TableClassSummary\":{\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\","
                + "\"LastUpdateDateTime\":1700000000.000}")
        .contains("\"DeletionProtectionEnabled\":true");
  }

  @Test
  void protectedTableIsNotDeleted() {
    tables.create("abc");
    update("\"DeletionProtectionEnabled\":true");
    tables.settle();
    assertThat(tables.refusal("DeleteTable", "{\"TableName\":\"abc\"}"))
        .isEqualTo(
            "ValidationException: Resource cannot be deleted as it is currently protected against"
                + " deletion. Disable deletion protection first.");
    update("\"DeletionProtectionEnabled\":false");
    tables.settle();
    assertThat(tables.call("DeleteTable", "{\"TableName\":\"" + ARN + "\"}"))
        .startsWith("{\"TableDescription\":{")
        .contains("\"TableStatus\":\"DELETING\"");
    tables.settle();
    assertThat(tables.call("ListTables", "{}")).isEqualTo("{\"TableNames\":[]}");
  }

  @ParameterizedTest
  @CsvSource({"CREATING,created", "UPDATING,updated", "DELETING,deleted"})
  void tableInTransitionIsNotChanged(Table.Status status, String word) {
    tables.create("abc");
    tables.catalogue.change("abc", table -> table.with(status));
    String expected =
        "ResourceInUseException: Attempt to change a resource which is still in use: Table is being "
            + word
            + ": abc";
    assertThat(tables.refusal("DeleteTable", "{\"TableName\":\"abc\"}")).isEqualTo(expected);
    assertThat(updateRefusal("\"DeletionProtectionEnabled\":true")).isEqualTo(expected);
  }

  @Test
  void tablesAreListedInPages() {
    for (String name : new String[] {"ccc", "aaa", "bbb"}) {
      tables.create(name);
    }
    assertThat(tables.call("ListTables", "")).startsWith("!SerializationException");
    assertThat(tables.call("ListTables", "{\"Limit\":2}"))
        .isEqualTo("{\"TableNames\":[\"aaa\",\"bbb\"],\"LastEvaluatedTableName\":\"bbb\"}");
    assertThat(tables.call("ListTables", "{\"ExclusiveStartTableName\":\"bbb\"}"))
        .isEqualTo("{\"TableNames\":[\"ccc\"]}");
    assertThat(tables.call("ListTables", "{\"Limit\":3}"))
        .isEqualTo("{\"TableNames\":[\"aaa\",\"bbb\",\"ccc\"]}");
    assertThat(tables.refusal("ListTables", "{\"Limit\":101}")).contains("Value '101' at 'Limit'");
  }

  @Test
  void tagsAreAddedReplacedListedAndRemoved() {
    tables.create("abc");
    String tagged =
        tables.call(
            "TagResource",
            "{\"ResourceArn\":\""
                + ARN
                + "\",\"Tags\":[{\"Key\":\"b\",\"Value\":\"1\"},{\"Key\":\"a\",\"Value\":\"\"}]}");
    assertThat(tagged).isEmpty();
    tables.call(
        "TagResource",
        "{\"ResourceArn\":\"" + ARN + "\",\"Tags\":[{\"Key\":\"b\",\"Value\":\"2\"}]}");
    assertThat(tags(""))
        .isEqualTo("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"\"},{\"Key\":\"b\",\"Value\":\"2\"}]}");
    assertThat(
            tables.call(
                "UntagResource", "{\"ResourceArn\":\"" + ARN + "\",\"TagKeys\":[\"a\",\"x\"]}"))
        .isEmpty();
    assertThat(tags("")).isEqualTo("{\"Tags\":[{\"Key\":\"b\",\"Value\":\"2\"}]}");
  }

  @Test
  void tagsAreListedTenAtATime() {
    tables.create("abc");
    tables.call("TagResource", tagging(10, 21));
    assertThat(tags(""))
        .contains("\"Key\":\"k19\"")
        .doesNotContain("k20")
        .endsWith("\"NextToken\":\"k19\"}");
    assertThat(tags(",\"NextToken\":\"k19\""))
        .isEqualTo("{\"Tags\":[{\"Key\":\"k20\",\"Value\":\"v\"}]}");
  }

  @Test
  void tagsAreChecked() {
    tables.create("abc");
    assertThat(tables.call("TagResource", tagging(10, 60))).isEmpty();
    assertThat(tables.refusal("TagResource", tagging(60, 61))).contains("up to 50 tags");
    assertThat(tables.call("TagResource", tagging(10, 11))).isEmpty();
    assertThat(tables.refusal("TagResource", tagging(0, 0)))
        .isEqualTo("ValidationException: Atleast one Tag needs to be provided as Input.");
    assertThat(tables.refusal("UntagResource", "{\"ResourceArn\":\"" + ARN + "\",\"TagKeys\":[]}"))
        .isEqualTo("ValidationException: Atleast one Tag Key needs to be provided as Input.");
    assertThat(tables.refusal("TagResource", tagging(0, 1).replace("k0", "aws:x")))
        .contains("aws: prefixed tag key names are not allowed");
  }

  @Test
  void tagsOfWhatIsNotThereAreRefused() {
    assertThat(tables.refusal("ListTagsOfResource", "{\"ResourceArn\":\"" + ARN + "\"}"))
        .isEqualTo(
            "ResourceNotFoundException: Requested resource not found: ResourcArn: "
                + ARN
                + " not found");
    assertThat(tables.refusal("ListTagsOfResource", "{\"ResourceArn\":\"abc\"}"))
        .isEqualTo(
            "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input abc");
  }

  /// Is it an ARN, are there tags, are they allowed, is the table there: in that order.
  @Test
  void whatIsNoArnOfATableIsRefusedBeforeItsTags() {
    for (String arn :
        List.of(
            "abc",
            "arn:aws:dynamodb:local:000000000000",
            "arn:aws:dynamodb:local:0:table/abc",
            "arn:aws:dynamodb:local:000000000000:table/ab",
            "arn:aws:dynamodb:local:000000000000:table/abc/index/byS",
            "arn:aws:s3:local:000000000000:table/abc")) {
      String resource = "{\"ResourceArn\":\"" + arn + "\"";
      String invalid =
          "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input " + arn;
      assertThat(tables.refusal("TagResource", resource + ",\"Tags\":[]}")).isEqualTo(invalid);
      assertThat(tables.refusal("UntagResource", resource + ",\"TagKeys\":[]}")).isEqualTo(invalid);
      assertThat(tables.refusal("ListTagsOfResource", resource + "}")).isEqualTo(invalid);
    }
    assertThat(tables.refusal("TagResource", tagging(0, 0))).contains("Atleast one Tag");
    assertThat(tables.refusal("TagResource", tagging(0, 1))).startsWith("ResourceNotFound");
    assertThat(
            tables.refusal(
                "ListTagsOfResource",
                "{\"ResourceArn\":\"arn:aws:dynamodb:eu-west-2:123456789012:table/abc\"}"))
        .startsWith("ResourceNotFound");
  }

  @Test
  void limitsAndEndpointsAreDescribed() {
    assertThat(tables.call("DescribeLimits", "{}"))
        .isEqualTo(
            "{\"AccountMaxReadCapacityUnits\":80000,\"AccountMaxWriteCapacityUnits\":80000,"
                + "\"TableMaxReadCapacityUnits\":40000,\"TableMaxWriteCapacityUnits\":40000}");
    assertThat(tables.call("DescribeEndpoints", "{}"))
        .isEqualTo(
            "{\"Endpoints\":[{\"Address\":\"127.0.0.1:8000\",\"CachePeriodInMinutes\":1440}]}");
  }

  @Test
  void expiryAndContinuousBackupsAreOffAtFirst() {
    tables.create("abc");
    assertThat(tables.call("DescribeTimeToLive", "{\"TableName\":\"abc\"}"))
        .isEqualTo("{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}");
    assertThat(tables.call("DescribeContinuousBackups", "{\"TableName\":\"abc\"}"))
        .isEqualTo(
            "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":"
                + "\"DISABLED\"}}}");
    assertThat(tables.refusal("DescribeContinuousBackups", "{\"TableName\":\"abd\"}"))
        .isEqualTo("TableNotFoundException: Table not found: abd");
  }

  @Test
  void recoveryToAPointInTimeStaysOff() {
    tables.create("abc");
    String update =
        "{\"TableName\":\"abc\",\"PointInTimeRecoverySpecification\":"
            + "{\"PointInTimeRecoveryEnabled\":%s,\"RecoveryPeriodInDays\":%d}}";
    assertThat(tables.call("UpdateContinuousBackups", update.formatted(false, 35)))
        .isEqualTo(tables.call("DescribeContinuousBackups", "{\"TableName\":\"abc\"}"));
    assertThat(tables.refusal("UpdateContinuousBackups", update.formatted(true, 1)))
        .isEqualTo(
            "ContinuousBackupsUnavailableException: Point-in-time recovery is not supported by this"
                + " version of Evenkeel");
    assertThat(tables.refusal("UpdateContinuousBackups", update.formatted(true, 36)))
        .startsWith("ValidationException: 1 validation error detected: Value '36' at ");
  }

  @Test
  void whatNobodyCanTurnOnIsOff() {
    tables.create("abc");
    assertThat(tables.call("DescribeKinesisStreamingDestination", "{\"TableName\":\"abc\"}"))
        .isEqualTo("{\"TableName\":\"abc\",\"KinesisDataStreamDestinations\":[]}");
    assertThat(tables.call("DescribeContributorInsights", "{\"TableName\":\"abc\"}"))
        .isEqualTo("{\"TableName\":\"abc\",\"ContributorInsightsStatus\":\"DISABLED\"}");
    assertThat(
            tables.refusal(
                "DescribeContributorInsights", "{\"TableName\":\"abc\",\"IndexName\":\"nope\"}"))
        .isEqualTo(
            "ResourceNotFoundException: Requested resource not found: Index: nope not found");
    assertThat(tables.refusal("DescribeKinesisStreamingDestination", "{\"TableName\":\"abd\"}"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found: Table: abd not found");
  }

  private String tags(String token) {
    return tables.call("ListTagsOfResource", "{\"ResourceArn\":\"" + ARN + "\"" + token + "}");
  }

  /// Tags `k<from>` to `k<to - 1>`.
  private static String tagging(int from, int to) {
    StringBuilder json = new StringBuilder("{\"ResourceArn\":\"" + ARN + "\",\"Tags\":[");
    for (int i = from; i < to; i++) {
      json.append(i == from ? "" : ",")
          .append("{\"Key\":\"k")
          .append(i)
          .append("\",\"Value\":\"v\"}");
    }
    return json.append("]}").toString();
  }
}
