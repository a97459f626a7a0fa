package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Which error answers a request that has several: each request here has one mistake less than the
/// one before.
final class ErrorOrderTest {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S");
  }

  @Test
  void jsonThenShapeThenMeaningThenTableThenKeyThenCondition() {
    String request =
        "{'TableName':'Nope','Item':{'x':{'S':'a'}},'ReturnValues':'X','ConditionExpression':'attribute_exists(','ReturnConsumedCapacity':1}";
    assertThat(database.refusal("PutItem", request))
        .isEqualTo("SerializationException: NUMBER_VALUE cannot be converted to String");
    request = request.replace(":1}", ":'NONE'}");
    assertThat(database.refusal("PutItem", request)).contains("at 'ReturnValues'");
    request = request.replace("'X'", "'NONE'");
    assertThat(database.refusal("PutItem", request))
        .startsWith("ValidationException: Invalid ConditionExpression: Syntax error;");
    request = request.replace("attribute_exists(", "attribute_exists(h)");
    assertThat(database.refusal("PutItem", request))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
    request = request.replace("Nope", "Tab");
    assertThat(database.refusal("PutItem", request)).endsWith("Missing the key h in the item");
    request = request.replace("'x':", "'h':");
    assertThat(database.refusal("PutItem", request)).startsWith("ConditionalCheckFailedException");
  }

  @Test
  void aTableThatIsNotThereIsNotFound() {
    String key = "{'TableName':'Nope','Key':{'h':{'S':'a'}}}";
    String notFound = "ResourceNotFoundException: Requested resource not found";
    assertThat(database.refusal("GetItem", key)).isEqualTo(notFound);
    assertThat(database.refusal("UpdateItem", key)).isEqualTo(notFound);
    assertThat(database.refusal("DeleteItem", key)).isEqualTo(notFound);
    assertThat(database.refusal("Scan", "{'TableName':'Nope'}")).isEqualTo(notFound);
    assertThat(
            database.refusal(
                "Query",
                "{'TableName':'Nope','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}}}"))
        .isEqualTo(notFound);
  }

  @Test
  void whatSearchesAskForIsJudgedBeforeTheTableIsLookedFor() {
    String nope = "{'TableName':'Nope',";
    assertThat(database.refusal("Query", nope + "'Limit':1}"))
        .isEqualTo(
            "ValidationException: Either the KeyConditions or KeyConditionExpression parameter must"
                + " be specified in the request.");
    String select = "'Select':'SPECIFIC_ATTRIBUTES'}";
    assertThat(database.refusal("Scan", nope + select)).startsWith("ValidationException: Must");
    assertThat(
            database.refusal(
                "Query",
                nope
                    + "'KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},"
                    + select))
        .startsWith("ValidationException: Must");
  }

  @Test
  void anItemIsTooLargeForATableThatIsNotThere() {
    String item = "{'h':{'S':'" + "x".repeat(400 * 1024) + "'}}";
    String tooLarge = "ValidationException: Item size has exceeded the maximum allowed size";
    assertThat(database.refusal("PutItem", "{'TableName':'Nope','Item':" + item + "}"))
        .isEqualTo(tooLarge);
    assertThat(
            database.refusal(
                "BatchWriteItem",
                "{'RequestItems':{'Nope':[{'PutRequest':{'Item':" + item + "}}]}}"))
        .isEqualTo(tooLarge);
  }

  @Test
  void operationsThatAreNotThereAreUnknown() {
    assertThat(database.refusal("CreateBackup", "{'TransactItems':[]}"))
        .startsWith("UnknownOperationException");
  }
}
