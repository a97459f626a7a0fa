package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What writes report: consumed capacity with its arms, and sizes of item collections.
final class WriteCapacityTest {
  private static final String KEY = "'Key':{'h':{'S':'a'},'r':{'S':'b'}}";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S r:S", "all s:S ALL", "keys n:N KEYS_ONLY");
  }

  private String put(String attributes) {
    return consumed("PutItem", "'Item':{'h':{'S':'a'},'r':{'S':'b'}" + attributes + "}");
  }

  private String update(String expression, String values) {
    return consumed(
        "UpdateItem",
        KEY
            + ",'UpdateExpression':'"
            + expression
            + "'"
            + (values.isEmpty() ? "" : ",'ExpressionAttributeValues':{" + values + "}"));
  }

  private String consumed(String operation, String members) {
    String answer = database.ok(operation, members + ",'ReturnConsumedCapacity':'INDEXES'");
    String start = "{'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':";
    assertThat(answer).startsWith(start).endsWith("}}");
    return answer
        .substring(start.length(), answer.length() - 2)
        .replace("'Table':{'CapacityUnits':", "table ")
        .replace("'LocalSecondaryIndexes':{", "")
        .replace("':{'CapacityUnits':", " ")
        .replace("'", "")
        .replace("}", "");
  }

  @Test
  void anArmIsChargedForEachIndexThatIsWritten() {
    assertThat(put("")).isEqualTo("1.0,table 1.0");
    assertThat(put(",'s':{'S':'x'}")).isEqualTo("2.0,table 1.0,all 1.0");
    assertThat(put(",'s':{'S':'x'}")).isEqualTo("1.0,table 1.0");
    assertThat(put(",'s':{'S':'x'},'n':{'N':'1'}")).isEqualTo("3.0,table 1.0,all 1.0,keys 1.0");
    assertThat(update("SET v = :v", "':v':{'S':'w'}"))
        .as("a change of what one index holds")
        .isEqualTo("2.0,table 1.0,all 1.0");
    assertThat(update("SET n = :v", "':v':{'N':'2'}"))
        .as("a change of an index's key is a deletion and a put")
        .isEqualTo("4.0,table 1.0,all 1.0,keys 2.0");
    assertThat(update("REMOVE n", "")).isEqualTo("3.0,table 1.0,all 1.0,keys 1.0");
    assertThat(consumed("DeleteItem", KEY)).isEqualTo("2.0,table 1.0,all 1.0");
    assertThat(consumed("DeleteItem", KEY)).as("of nothing").isEqualTo("1.0,table 1.0");
  }

  @Test
  void theLargerOfBeforeAndAfterIsCharged() {
    assertThat(put(",'v':{'S':'" + "x".repeat(3_000) + "'}")).isEqualTo("3.0,table 3.0");
    assertThat(put("")).isEqualTo("3.0,table 3.0");
    assertThat(put("")).isEqualTo("1.0,table 1.0");
  }

  @Test
  void theEdgeOfAUnitIs1024Bytes() {
    int free = 1024 - "ha".length() - "rb".length() - "v".length();
    assertThat(put(",'v':{'S':'" + "x".repeat(free) + "'}")).isEqualTo("1.0,table 1.0");
    assertThat(put(",'v':{'S':'" + "x".repeat(free + 1) + "'}")).isEqualTo("2.0,table 2.0");
  }

  @Test
  void totalIsTheSumOfTheArms() {
    assertThat(
            database.ok(
                "PutItem",
                "'Item':{'h':{'S':'a'},'r':{'S':'b'},'s':{'S':'c'}},'ReturnConsumedCapacity':'TOTAL'"))
        .isEqualTo("{'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':2.0}}");
  }

  @Test
  void collectionsAreReportedWhereATableHasLocalIndexes() {
    String size = ",'ReturnItemCollectionMetrics':'SIZE'";
    String metrics =
        "{'ItemCollectionMetrics':{'ItemCollectionKey':{'h':{'S':'a'}},'SizeEstimateRangeGB':[0.0,1.0]}}";
    assertThat(database.ok("PutItem", "'Item':{'h':{'S':'a'},'r':{'S':'b'}}" + size))
        .isEqualTo(metrics);
    assertThat(database.ok("UpdateItem", KEY + size)).isEqualTo(metrics);
    assertThat(database.ok("DeleteItem", KEY + size)).isEqualTo(metrics);
    database.create("Plain", "h:S");
    assertThat(database.ok("PutItem", "{'TableName':'Plain','Item':{'h':{'S':'a'}}" + size + "}"))
        .isEqualTo("{}");
  }
}
