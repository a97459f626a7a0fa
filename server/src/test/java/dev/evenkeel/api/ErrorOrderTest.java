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

  /// What JSON says of an item is judged whole before any of its values is.
  @Test
  void jsonTypesComeBeforeWhatValuesMayHold() {
    String number = "SerializationException: NUMBER_VALUE cannot be converted to String";
    for (String item :
        new String[] {
          "{'a':{},'b':{'S':1}}",
          "{'a':{'SS':[]},'b':{'L':[{'M':{'c':{'S':1}}}]}}",
          "{'a':{'N':'x','S':1}}",
          "{'a':{'S':'x','L':[{},{'N':1}]}}",
          "{'a':{'NULL':false},'b':{'NS':['1','1',2]}}",
          "{'a':{'SS':['x','x',1]}}",
          "{'a':null,'b':{'S':1}}",
          "{'':{'S':'x'},'b':{'S':1}}"
        }) {
      assertThat(database.refusal("PutItem", "'Item':" + item)).as(item).isEqualTo(number);
      assertThat(database.refusal("Scan", "'ExclusiveStartKey':" + item))
          .as(item)
          .isEqualTo(number);
    }
    String deep = "{'M':{'k':".repeat(40) + "{'S':1}" + "}}".repeat(40);
    assertThat(database.refusal("PutItem", "'Item':{'a':" + deep + "}")).isEqualTo(number);
    assertThat(
            database.refusal(
                "Scan",
                "'FilterExpression':'a','ExpressionAttributeValues':{'a':{'S':'x'},':b':{},':c':{'S':1}}"))
        .isEqualTo(number);
    assertThat(database.refusal("PutItem", "'Item':{'a':{'N':'x','S':'y','L':[{},{}]}}"))
        .isEqualTo("ValidationException: The parameter cannot be converted to a numeric value: x");
  }

  /// A write's rules that need no table, in AWS's order; the last request has one mistake only.
  @Test
  void parametersTogetherThenItemThenReturnValuesThenSizeThenConditionThenExpressions() {
    String large = "'" + "x".repeat(400 * 1024) + "'";
    String rest =
        ",'ReturnValues':'ALL_NEW','Expected':{'a':{}},'ExpressionAttributeNames':{},"
            + "'ConditionExpression':''}";
    String request = "{'TableName':'Nope','Item':{'a':{},'b':{'S':" + large + "}}" + rest;
    assertThat(database.refusal("PutItem", request))
        .startsWith("ValidationException: Can not use both expression and non-expression");
    request = request.replace(",'ConditionExpression':''", "");
    assertThat(database.refusal("PutItem", request))
        .endsWith("ExpressionAttributeNames can only be specified when using expressions");
    request = request.replace(",'ExpressionAttributeNames':{}", "");
    assertThat(database.refusal("PutItem", request)).contains("Supplied AttributeValue is empty");
    request = request.replace("'a':{},'b'", "'b'");
    assertThat(database.refusal("PutItem", request)).endsWith("Return values set to invalid value");
    request = request.replace("ALL_NEW", "NONE");
    assertThat(database.refusal("PutItem", request)).contains("Item size has exceeded");
    request = request.replace(large, "'x'");
    assertThat(database.refusal("PutItem", request))
        .endsWith("Value must be provided when Exists is null for Attribute: a");
  }

  @Test
  void namesThenValuesThenUpdateThenConditionThenWhatIsUnused() {
    String request =
        "{'TableName':'Nope','Key':{'h':{'S':'a'}},'UpdateExpression':'SET','ConditionExpression':'a =',"
            + "'ExpressionAttributeNames':{'n':'x'},'ExpressionAttributeValues':{':v':{},'w':{'S':'a'}}}";
    assertThat(database.refusal("UpdateItem", request))
        .contains("ExpressionAttributeNames contains invalid key");
    request = request.replace("'n':", "'#n':");
    assertThat(database.refusal("UpdateItem", request))
        .contains("ExpressionAttributeValues contains invalid value: Supplied AttributeValue");
    request = request.replace("':v':{}", "':v':{'S':'a'}");
    assertThat(database.refusal("UpdateItem", request))
        .contains("ExpressionAttributeValues contains invalid key");
    assertThat(database.refusal("UpdateItem", request.replace("'w':{'S':'a'}", "'w':{}")))
        .contains("ExpressionAttributeValues contains invalid key: Syntax error; key: \\'w\\'");
    request = request.replace("'w':", "':w':");
    assertThat(database.refusal("UpdateItem", request)).contains("Invalid UpdateExpression: Syn");
    request = request.replace("'SET'", "'SET b = :v'");
    assertThat(database.refusal("UpdateItem", request))
        .contains("Invalid ConditionExpression: Syn");
    request = request.replace("'a ='", "'a = :v'");
    assertThat(database.refusal("UpdateItem", request)).contains("Names unused in expressions");
    request = request.replace("'a = :v'", "'#n = :v'");
    assertThat(database.refusal("UpdateItem", request)).contains("Values unused in expressions");
    request = request.replace("'#n = :v'", "'#n = :w'");
    assertThat(database.refusal("UpdateItem", request)).startsWith("ResourceNotFoundException");
  }

  @Test
  void deletionsJudgeKeyThenReturnValuesThenCondition() {
    String request =
        "{'TableName':'Nope','Key':{'h':{}},'ReturnValues':'UPDATED_OLD','Expected':{'a':{}}}";
    assertThat(database.refusal("DeleteItem", request))
        .contains("Supplied AttributeValue is empty");
    request = request.replace("'h':{}", "'h':{'S':'a'}");
    assertThat(database.refusal("DeleteItem", request)).contains("Return values set");
    request = request.replace("UPDATED_OLD", "ALL_OLD");
    assertThat(database.refusal("DeleteItem", request)).contains("Value must be provided");
  }

  /// A legacy search: filter, where it starts, what it gets, its keys.
  @Test
  void searchesJudgeFilterThenStartThenAttributesThenKeys() {
    String equal = "{'ComparisonOperator':'EQ','AttributeValueList':[]}";
    String request =
        "{'TableName':'Nope','KeyConditions':{'h':%s},'QueryFilter':{'a':%s},'AttributesToGet':['a','a'],'ExclusiveStartKey':{'h':{}}}"
            .formatted(equal, equal.replace("[]", "[{'S':'a'},{'S':'b'}]"));
    String count = "Invalid number of argument(s) for the EQ ComparisonOperator";
    assertThat(database.refusal("Query", request.replace("EQ", "NE")))
        .endsWith(count.replace("EQ", "NE"));
    request = request.replace(",{'S':'b'}", "");
    assertThat(database.refusal("Query", request))
        .contains("The provided starting key is invalid: Supplied AttributeValue is empty");
    request = request.replace("'h':{}}", "'h':{'S':'a'}}");
    assertThat(database.refusal("Query", request)).contains("Duplicate value in attribute name: a");
    request = request.replace("'a','a'", "'a'");
    assertThat(database.refusal("Query", request)).endsWith(count);
    request = request.replace("[]", "[{'S':'a'}]");
    assertThat(database.refusal("Query", request)).startsWith("ResourceNotFoundException");
  }

  /// What can be judged without tables comes before all of them.
  @Test
  void batchesAreJudgedWholeBeforeTheirTables() {
    String get = "{'RequestItems':{'Nope':{'Keys':[{'x':{'S':'a'}}]},'Tab':{'Keys':[%s]%s}}}";
    assertThat(
            database.refusal(
                "BatchGetItem", get.formatted("{'h':{}}", ",'ProjectionExpression':''")))
        .contains("Supplied AttributeValue is empty");
    assertThat(
            database.refusal(
                "BatchGetItem", get.formatted("{'h':{'S':'a'}}", ",'ProjectionExpression':''")))
        .contains("Invalid ProjectionExpression: The expression can not be empty;");
    assertThat(database.refusal("BatchGetItem", get.formatted("{'h':{'S':'a'}}", "")))
        .startsWith("ResourceNotFoundException");
    String write = "{'RequestItems':{'Nope':[{'PutRequest':{'Item':{}}}],'Tab':[%s]}}";
    assertThat(database.refusal("BatchWriteItem", write.formatted("{}")))
        .contains("Supplied AttributeValue is empty");
    assertThat(
            database.refusal(
                "BatchWriteItem", write.formatted("{'DeleteRequest':{'Key':{'h':{'SS':[]}}}}")))
        .contains("An string set  may not be empty");
    assertThat(
            database.refusal(
                "TransactGetItems",
                "{'TransactItems':[{'Get':{'TableName':'Nope','Key':{}}},{'Get':{'TableName':'Tab','Key':{'h':{}}}}]}"))
        .contains("Supplied AttributeValue is empty");
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
