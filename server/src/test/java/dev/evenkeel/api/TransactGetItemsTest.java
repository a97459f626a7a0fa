package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// TransactGetItems as a caller sees it.
class TransactGetItemsTest {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void tables() {
    database.create("Tab", "h:S");
    database.create("Two", "h:S r:N");
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'v':{'S':'1'},'w':{'S':'2'}}");
    database.ok("PutItem", "{'TableName':'Two','Item':{'h':{'S':'a'},'r':{'N':'1'}}}");
  }

  private static String get(String members) {
    return "{'Get':{'TableName':'Tab'," + members + "}}";
  }

  private static String items(String... gets) {
    return "{'ReturnConsumedCapacity':'TOTAL','TransactItems':[" + String.join(",", gets) + "]}";
  }

  @Test
  void itemsComeInOrderAndProjected() {
    assertThat(
            database.ok(
                "TransactGetItems",
                items(
                    get("'Key':{'h':{'S':'none'}}"),
                    get(
                        "'Key':{'h':{'S':'a'}},'ProjectionExpression':'#w',"
                            + "'ExpressionAttributeNames':{'#w':'w'}"),
                    "{'Get':{'TableName':'Two','Key':{'h':{'S':'a'},'r':{'N':'1'}}}}")))
        .isEqualTo(
            "{'Responses':[{},{'Item':{'w':{'S':'2'}}},{'Item':{'h':{'S':'a'},'r':{'N':'1'}}}],"
                + "'ConsumedCapacity':["
                + "{'TableName':'Tab','CapacityUnits':4.0,'ReadCapacityUnits':4.0},"
                + "{'TableName':'Two','CapacityUnits':2.0,'ReadCapacityUnits':2.0}]}");
  }

  @Test
  void faultsAreToldAsAwsTellsThem() {
    assertThat(database.refusalBody("TransactGetItems", items(get("'Key':{}"))))
        .contains("TransactionCanceledException", "[ValidationError]")
        .contains("The provided key element does not match the schema");
    String twice = get("'Key':{'h':{'S':'a'}}");
    assertThat(database.refusal("TransactGetItems", items(twice, twice)))
        .isEqualTo(
            "ValidationException: Transaction request cannot include multiple operations on one"
                + " item");
    assertThat(
            database.refusal(
                "TransactGetItems", items("{'Get':{'TableName':'None','Key':{'h':{'S':'a'}}}}")))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
    assertThat(
            database.refusal(
                "TransactGetItems",
                items(get("'Key':{'h':{'S':'a'}},'ProjectionExpression':'!!!'"))))
        .isEqualTo(
            "ValidationException: Invalid ProjectionExpression: Syntax error; token: \\'!\\', near:"
                + " \\'!!\\'");
    assertThat(database.refusal("TransactGetItems", items()))
        .contains("Member must have length greater than or equal to 1");
  }
}
