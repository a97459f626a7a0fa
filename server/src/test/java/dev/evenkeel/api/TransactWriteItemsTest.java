package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// TransactWriteItems as a caller sees it.
class TransactWriteItemsTest {
  private static final String FAILED =
      "{'Code':'ConditionalCheckFailed','Message':'The conditional request failed'";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void tables() {
    database.create("Tab", "h:S");
    database.create("Two", "h:S r:N", "byX x:S ALL");
  }

  private static String items(String... actions) {
    return "{'TransactItems':[" + String.join(",", actions) + "]}";
  }

  private static String with(String members, String... actions) {
    return "{" + members + ",'TransactItems':[" + String.join(",", actions) + "]}";
  }

  private static String put(String key, String value) {
    return "{'Put':{'TableName':'Tab','Item':{'h':{'S':'%s'},'v':{'S':'%s'}}}}"
        .formatted(key, value);
  }

  private static String putTwo(String key, int sort) {
    return "{'Put':{'TableName':'Two','Item':{'h':{'S':'%s'},'r':{'N':'%d'},'x':{'S':'x'}}}}"
        .formatted(key, sort);
  }

  private static String check(String key, String condition) {
    return "{'ConditionCheck':{'TableName':'Tab','Key':{'h':{'S':'%s'}},'ConditionExpression':'%s'}}"
        .formatted(key, condition);
  }

  private String value(String key) {
    String got = database.ok("GetItem", "'ConsistentRead':true,'Key':{'h':{'S':'" + key + "'}}");
    int at = got.indexOf("'v':{'S':'");
    return at < 0 ? "" : got.substring(at + 10, got.indexOf('\'', at + 10));
  }

  private String two(String key, int sort) {
    return database.ok(
        "GetItem",
        "{'TableName':'Two','ConsistentRead':true,'Key':{'h':{'S':'%s'},'r':{'N':'%d'}}}"
            .formatted(key, sort));
  }

  @Test
  void allFourActionsHappenTogether() {
    database.ok("PutItem", "'Item':{'h':{'S':'b'},'v':{'S':'old'},'n':{'N':'1'}}");
    database.ok("PutItem", "'Item':{'h':{'S':'c'},'v':{'S':'old'}}");
    database.ok("PutItem", "'Item':{'h':{'S':'d'},'v':{'S':'old'}}");
    assertThat(
            database.ok(
                "TransactWriteItems",
                items(
                    put("a", "new"),
                    "{'Update':{'TableName':'Tab','Key':{'h':{'S':'b'}},"
                        + "'UpdateExpression':'SET v = :v ADD n :one','ExpressionAttributeValues':"
                        + "{':v':{'S':'new'},':one':{'N':'1'}}}}",
                    "{'Delete':{'TableName':'Tab','Key':{'h':{'S':'c'}}}}",
                    check("d", "v = h OR attribute_exists(v)"))))
        .isEqualTo("{}");
    assertThat(value("a") + value("b") + value("c") + value("d")).isEqualTo("newnewold");
  }

  @Test
  void actionsOnSeveralTablesHappenTogether() {
    database.ok("TransactWriteItems", items(put("a", "1"), putTwo("a", 1), put("b", "1")));
    assertThat(value("a") + value("b")).isEqualTo("11");
    assertThat(two("a", 1)).contains("'x':{'S':'x'}");
    assertThat(
            database.ok(
                "Query",
                "{'TableName':'Two','IndexName':'byX','KeyConditionExpression':'h = :h AND x = :x',"
                    + "'ExpressionAttributeValues':{':h':{'S':'a'},':x':{'S':'x'}}}"))
        .contains("'Count':1");
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'v':{'S':'2'}}");
    assertThat(value("a")).isEqualTo("2");
  }

  @Test
  void nothingHappensWhenOneConditionFails() {
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'v':{'S':'old'}}");
    String refused =
        database.refusalBody(
            "TransactWriteItems",
            items(
                put("b", "new"),
                "{'Put':{'TableName':'Tab','Item':{'h':{'S':'a'}},"
                    + "'ConditionExpression':'attribute_not_exists(h)',"
                    + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'}}",
                check("c", "attribute_exists(h)")));
    assertThat(refused)
        .contains("'__type':'com.amazonaws.dynamodb.v20120810#TransactionCanceledException'")
        .contains(
            "'Message':'Transaction cancelled, please refer cancellation reasons for specific"
                + " reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]'")
        .contains(
            "'CancellationReasons':[{'Code':'None'},"
                + FAILED
                + ",'Item':{'h':{'S':'a'},'v':{'S':'old'}}},"
                + FAILED
                + "}]");
    assertThat(value("a") + value("b")).isEqualTo("old");
  }

  @Test
  void nothingHappensInAnyTableWhenOneConditionFails() {
    assertThat(
            database.refusalBody(
                "TransactWriteItems",
                items(putTwo("a", 1), check("c", "attribute_exists(h)"), put("b", "1"))))
        .contains("[None, ConditionalCheckFailed, None]");
    assertThat(value("b")).isEmpty();
    assertThat(two("a", 1)).isEqualTo("{}");
    database.ok("TransactWriteItems", items(putTwo("a", 1), put("b", "1")));
    assertThat(value("b")).isEqualTo("1");
  }

  @Test
  void aTokenHasOneEffect() {
    for (String[] actions :
        new String[][] {
          {add("a")}, {add("b"), putTwo("a", 1)},
        }) {
      String token = "'ClientRequestToken':'token-" + actions.length + "'";
      String request = with(token + ",'ReturnConsumedCapacity':'TOTAL'", actions);
      assertThat(database.ok("TransactWriteItems", request)).contains("'WriteCapacityUnits':2");
      String again = database.ok("TransactWriteItems", request);
      assertThat(again).contains("'ReadCapacityUnits':2").doesNotContain("WriteCapacityUnits");
      assertThat(database.refusal("TransactWriteItems", with(token, put("z", "1"))))
          .startsWith("IdempotentParameterMismatchException: DynamoDB rejected the request");
    }
    assertThat(database.ok("GetItem", "'ConsistentRead':true,'Key':{'h':{'S':'a'}}"))
        .contains("'n':{'N':'1'}");
    assertThat(database.ok("GetItem", "'ConsistentRead':true,'Key':{'h':{'S':'b'}}"))
        .contains("'n':{'N':'1'}");
  }

  private static String add(String key) {
    return "{'Update':{'TableName':'Tab','Key':{'h':{'S':'%s'}},'UpdateExpression':'ADD n :n',"
            .formatted(key)
        + "'ExpressionAttributeValues':{':n':{'N':'1'}}}}";
  }

  @Test
  void aTokenMayBeUsedAgainWhenItsTransactionWasCancelled() {
    String request =
        with("'ClientRequestToken':'t'", check("a", "attribute_exists(h)"), putTwo("a", 1));
    assertThat(database.refusal("TransactWriteItems", request)).startsWith("TransactionCanceled");
    database.ok("PutItem", "'Item':{'h':{'S':'a'}}");
    database.ok("TransactWriteItems", request);
    assertThat(two("a", 1)).contains("'x'");
  }

  @Test
  void capacityIsDoubledOnTheTableOnly() {
    assertThat(
            database.ok(
                "TransactWriteItems",
                with(
                    "'ReturnConsumedCapacity':'INDEXES','ReturnItemCollectionMetrics':'SIZE'",
                    put("a", "1"),
                    check("b", "attribute_not_exists(h)"),
                    putTwo("a", 1))))
        .isEqualTo(
            "{'ItemCollectionMetrics':{'Two':[{'ItemCollectionKey':{'h':{'S':'a'}},"
                + "'SizeEstimateRangeGB':[0.0,1.0]}]},'ConsumedCapacity':["
                + "{'TableName':'Tab','CapacityUnits':4.0,'WriteCapacityUnits':4.0,"
                + "'Table':{'CapacityUnits':4.0,'WriteCapacityUnits':4.0}},"
                + "{'TableName':'Two','CapacityUnits':3.0,'WriteCapacityUnits':3.0,"
                + "'Table':{'CapacityUnits':2.0,'WriteCapacityUnits':2.0},"
                + "'LocalSecondaryIndexes':{'byX':{'CapacityUnits':1.0,'WriteCapacityUnits':1.0}}}]}");
  }

  @Test
  void anActionIsOneOfFour() {
    assertThat(
            database.refusal(
                "TransactWriteItems",
                items(
                    "{'Put':{'TableName':'Tab','Item':{'h':{'S':'a'}}},"
                        + "'Delete':{'TableName':'Tab','Key':{'h':{'S':'a'}}}}")))
        .isEqualTo(
            "ValidationException: TransactItems can only contain one of Check, Put, Update or"
                + " Delete");
    assertThat(database.refusal("TransactWriteItems", items("{}")))
        .isEqualTo(
            "ValidationException: Invalid Request: TransactWriteRequest should contain Delete or"
                + " Put or Update request");
  }

  @Test
  void anItemIsInOneActionOnly() {
    assertThat(
            database.refusal(
                "TransactWriteItems", items(put("a", "1"), put("b", "1"), put("a", "2"))))
        .isEqualTo(
            "ValidationException: Transaction request cannot include multiple operations on one"
                + " item");
  }

  @Test
  void oneToAHundredActionsAreTaken() {
    assertThat(database.refusal("TransactWriteItems", items()))
        .contains("Member must have length greater than or equal to 1");
    String[] actions = new String[101];
    for (int i = 0; i < actions.length; i++) {
      actions[i] = put("k" + i, "v");
    }
    assertThat(database.refusal("TransactWriteItems", items(actions)))
        .contains("Member must have length less than or equal to 100");
    database.ok("TransactWriteItems", items(java.util.Arrays.copyOf(actions, 100)));
    assertThat(value("k99")).isEqualTo("v");
  }

  @Test
  void keysThatDoNotFitCancelTheTransaction() {
    assertThat(
            database.refusalBody(
                "TransactWriteItems",
                items(
                    put("a", "1"),
                    "{'Put':{'TableName':'Tab','Item':{'h':{'N':'5'}}}}",
                    "{'Delete':{'TableName':'Tab','Key':{'x':{'S':'a'}}}}")))
        .contains("[None, ValidationError, ValidationError]")
        .contains("Type mismatch for key h expected: S actual: N")
        .contains("The provided key element does not match the schema");
    assertThat(
            database.refusal(
                "TransactWriteItems", items("{'Put':{'TableName':'Tab','Item':{'h':{'S':''}}}}")))
        .isEqualTo(
            "ValidationException: One or more parameter values are not valid. The AttributeValue"
                + " for a key attribute cannot contain an empty string value. Key: h");
    assertThat(value("a")).isEmpty();
  }

  @Test
  void changesThatDoNotFitCancelTheTransaction() {
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'v':{'S':'text'}}");
    assertThat(
            database.refusalBody(
                "TransactWriteItems",
                items(
                    put("b", "1"),
                    "{'Update':{'TableName':'Tab','Key':{'h':{'S':'a'}},"
                        + "'UpdateExpression':'SET v = v + :n',"
                        + "'ExpressionAttributeValues':{':n':{'N':'1'}}}}")))
        .contains("[None, ValidationError]")
        .contains("An operand in the update expression has an incorrect data type");
  }

  @Test
  void faultsOfTheRequestItselfAreNoCancellation() {
    assertThat(
            database.refusal(
                "TransactWriteItems", items("{'Put':{'TableName':'None','Item':{'h':{'S':'a'}}}}")))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
    assertThat(database.refusal("TransactWriteItems", items(check("a", "h ="))))
        .startsWith("ValidationException: Invalid ConditionExpression");
    String large = "x".repeat(399_000);
    String[] puts = new String[11];
    for (int i = 0; i < puts.length; i++) {
      puts[i] = put("k" + i, large);
    }
    assertThat(database.refusal("TransactWriteItems", items(puts)))
        .isEqualTo("ValidationException: Transaction request cannot exceed 4 MB in size");
    database.ok("TransactWriteItems", items(java.util.Arrays.copyOf(puts, 8)));
    assertThat(value("k7")).hasSize(399_000);
  }

  @Test
  void aTransactionLargerThanOneEntryIsKnownByItsTokenToo() {
    String large = "x".repeat(300_000);
    String[] puts = new String[6];
    for (int i = 0; i < puts.length; i++) {
      puts[i] = put("k" + i, large);
    }
    String request = with("'ClientRequestToken':'large'", puts);
    database.ok("TransactWriteItems", request);
    database.ok("DeleteItem", "'Key':{'h':{'S':'k0'}}");
    database.ok("TransactWriteItems", request);
    assertThat(value("k0")).isEmpty();
    assertThat(value("k5")).hasSize(300_000);
  }
}
