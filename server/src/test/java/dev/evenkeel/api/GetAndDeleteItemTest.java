package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GetAndDeleteItemTest {
  private static final String KEY = "'Key':{'h':{'S':'a'}}";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S");
    database.ok(
        "PutItem",
        "'Item':{'h':{'S':'a'},'l':{'L':[{'N':'1'},{'N':'2'}]},'m':{'M':{'k':{'S':'v'}}}}");
  }

  @Test
  void projectionsReturnPartsOfTheItem() {
    assertThat(
            database.ok(
                "GetItem",
                KEY + ",'ProjectionExpression':'l[1], #m.k','ExpressionAttributeNames':{'#m':'m'}"))
        .isEqualTo("{'Item':{'l':{'L':[{'N':'2'}]},'m':{'M':{'k':{'S':'v'}}}}}");
    assertThat(database.ok("GetItem", KEY + ",'AttributesToGet':['h','nothing']"))
        .isEqualTo("{'Item':{'h':{'S':'a'}}}");
    assertThat(database.ok("GetItem", KEY + ",'ProjectionExpression':'nothing'"))
        .isEqualTo("{'Item':{}}");
  }

  @Test
  void noItemIsAnEmptyAnswer() {
    assertThat(database.ok("GetItem", "'Key':{'h':{'S':'b'}}")).isEqualTo("{}");
  }

  @Test
  void projectionsAreRefusedWhereTheyAreMalformed() {
    assertThat(database.refusal("GetItem", KEY + ",'AttributesToGet':['h','h']"))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Duplicate value in attribute name: h");
    assertThat(database.refusal("GetItem", KEY + ",'AttributesToGet':[]"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '[]' at 'AttributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1");
    assertThat(
            database.refusal(
                "GetItem", KEY + ",'AttributesToGet':['h'],'ProjectionExpression':'h'"))
        .isEqualTo(
            "ValidationException: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}");
    assertThat(database.refusal("GetItem", KEY + ",'ExpressionAttributeNames':{'#h':'h'}"))
        .startsWith("ValidationException: ExpressionAttributeNames can only be specified");
  }

  @Test
  void readsCostHalfUnlessConsistent() {
    assertThat(
            database.ok(
                "GetItem", KEY + ",'AttributesToGet':['h'],'ReturnConsumedCapacity':'TOTAL'"))
        .endsWith("'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':0.5}}");
    assertThat(
            database.ok(
                "GetItem",
                KEY
                    + ",'AttributesToGet':['h'],'ConsistentRead':true,'ReturnConsumedCapacity':'INDEXES'"))
        .endsWith(
            "'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':1.0,'Table':{'CapacityUnits':1.0}}}");
    assertThat(
            database.ok(
                "GetItem",
                "'Key':{'h':{'S':'b'}},'ConsistentRead':true,'ReturnConsumedCapacity':'TOTAL'"))
        .isEqualTo("{'ConsumedCapacity':{'TableName':'Tab','CapacityUnits':1.0}}");
    assertThat(database.ok("GetItem", KEY + ",'ReturnConsumedCapacity':'NONE'"))
        .doesNotContain("ConsumedCapacity");
  }

  @Test
  void aTableIsNamedByItsArnToo() {
    String arn = "'TableName':'arn:aws:dynamodb:local:000000000000:table/Tab'";
    assertThat(database.ok("GetItem", "{" + arn + "," + KEY + ",'AttributesToGet':['h']}"))
        .isEqualTo("{'Item':{'h':{'S':'a'}}}");
    assertThat(database.refusal("GetItem", "{" + arn.replace("/Tab", "/Nope") + "," + KEY + "}"))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
  }

  @Test
  void aDeletionReturnsTheItemBeforeWhenAsked() {
    String delete = KEY + ",'ReturnValues':'ALL_OLD'";
    assertThat(database.ok("DeleteItem", delete))
        .isEqualTo(
            "{'Attributes':{'h':{'S':'a'},'l':{'L':[{'N':'1'},{'N':'2'}]},'m':{'M':{'k':{'S':'v'}}}}}");
    assertThat(database.ok("DeleteItem", delete)).isEqualTo("{}");
    assertThat(database.ok("GetItem", KEY)).isEqualTo("{}");
    assertThat(database.refusal("DeleteItem", KEY + ",'ReturnValues':'ALL_NEW'"))
        .isEqualTo("ValidationException: Return values set to invalid value");
  }

  @Test
  void aDeletionMayHaveACondition() {
    String condition =
        KEY
            + ",'ConditionExpression':'size(l) > :n','ReturnValuesOnConditionCheckFailure':'ALL_OLD','ExpressionAttributeValues':{':n':{'N':'";
    assertThat(database.refusalBody("DeleteItem", condition + "2'}}"))
        .contains("ConditionalCheckFailedException", "'Item':{'h':{'S':'a'},");
    assertThat(database.ok("DeleteItem", condition + "1'}}")).isEqualTo("{}");
    assertThat(
            database.refusal(
                "DeleteItem", KEY + ",'Expected':{'h':{'ComparisonOperator':'NOT_NULL'}}"))
        .startsWith("ConditionalCheckFailedException");
  }
}
