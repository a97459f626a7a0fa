package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PutItemTest {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S r:N");
  }

  private String put(String attributes, String more) {
    return database.ok("PutItem", item(attributes) + more);
  }

  private static String item(String attributes) {
    return "'Item':{'h':{'S':'a'},'r':{'N':'1'}" + attributes + "}";
  }

  private String get() {
    return database.ok("GetItem", "'ConsistentRead':true,'Key':{'h':{'S':'a'},'r':{'N':'1'}}");
  }

  @Test
  void aPutReplacesTheWholeItem() {
    put(",'x':{'S':'old'},'y':{'N':'1'}", "");
    assertThat(put(",'x':{'S':'new'}", "")).isEqualTo("{}");
    assertThat(get()).isEqualTo("{'Item':{'h':{'S':'a'},'r':{'N':'1'},'x':{'S':'new'}}}");
  }

  @Test
  void allOldReturnsTheItemBefore() {
    String allOld = ",'ReturnValues':'ALL_OLD'";
    assertThat(put(",'x':{'S':'1'}", allOld)).isEqualTo("{}");
    assertThat(put(",'x':{'S':'2'}", allOld))
        .isEqualTo("{'Attributes':{'h':{'S':'a'},'r':{'N':'1'},'x':{'S':'1'}}}");
    assertThat(put("", ",'ReturnValues':'NONE'")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"})
  void otherReturnValuesAreForUpdates(String returnValues) {
    assertThat(database.refusal("PutItem", item("") + ",'ReturnValues':'" + returnValues + "'"))
        .isEqualTo("ValidationException: Return values set to invalid value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'ReturnValues':'X'                        | Value 'X' at 'ReturnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]
          'ReturnConsumedCapacity':'X'              | Value 'X' at 'ReturnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]
          'ReturnItemCollectionMetrics':'X'         | Value 'X' at 'ReturnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]
          'ReturnValuesOnConditionCheckFailure':'X' | Value 'X' at 'ReturnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]
          """)
  void unknownValuesOfEnumerationsAreRefused(String member, String message) {
    assertThat(database.refusal("PutItem", item("") + "," + member))
        .isEqualTo("ValidationException: 1 validation error detected: " + message);
  }

  @Test
  void aFailedConditionChangesNothingAndShowsTheItemWhenAsked() {
    put(",'x':{'S':'1'}", "");
    String conditional =
        item("")
            + ",'ConditionExpression':'#x = :x','ExpressionAttributeNames':{'#x':'x'},'ExpressionAttributeValues':{':x':{'S':'2'}}";
    String failed =
        "{'__type':'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException','message':'The conditional request failed'";
    assertThat(database.refusalBody("PutItem", conditional)).isEqualTo(failed + "}");
    String onFailure = conditional + ",'ReturnValuesOnConditionCheckFailure':";
    assertThat(database.refusalBody("PutItem", onFailure + "'NONE'")).isEqualTo(failed + "}");
    assertThat(database.refusalBody("PutItem", onFailure + "'ALL_OLD'"))
        .isEqualTo(failed + ",'Item':{'h':{'S':'a'},'r':{'N':'1'},'x':{'S':'1'}}}");
    assertThat(get()).contains("'x':{'S':'1'}");
  }

  @Test
  void aConditionOnAnItemThatIsNotThereShowsNone() {
    assertThat(
            database.refusalBody(
                "PutItem",
                item("")
                    + ",'ConditionExpression':'attribute_exists(h)','ReturnValuesOnConditionCheckFailure':'ALL_OLD'"))
        .endsWith("'message':'The conditional request failed'}");
  }

  @Test
  void expectedIsTheLegacyCondition() {
    put(",'x':{'S':'1'}", "");
    String failed = "ConditionalCheckFailedException: The conditional request failed";
    assertThat(database.refusal("PutItem", item("") + ",'Expected':{'h':{'Exists':false}}"))
        .isEqualTo(failed);
    assertThat(database.refusal("PutItem", item("") + ",'Expected':{'x':{'Value':{'S':'2'}}}"))
        .isEqualTo(failed);
    String either =
        ",'Expected':{'x':{'Value':{'S':'2'}},'r':{'ComparisonOperator':'GE','AttributeValueList':[{'N':'1'}]}},'ConditionalOperator':";
    assertThat(database.refusal("PutItem", item("") + either + "'AND'")).isEqualTo(failed);
    assertThat(put(",'x':{'S':'3'}", either + "'OR'")).isEqualTo("{}");
  }

  @Test
  void legacyParametersAndExpressionsDoNotMix() {
    assertThat(
            database.refusal(
                "PutItem",
                item("")
                    + ",'Expected':{'h':{'Exists':false}},'ConditionExpression':'attribute_exists(h)'"))
        .isEqualTo(
            "ValidationException: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}");
  }

  @Test
  void namesAndValuesNeedAnExpressionAndMustBeUsed() {
    String names = ",'ExpressionAttributeNames':{'#x':'x'}";
    String values = ",'ExpressionAttributeValues':{':x':{'S':'1'}}";
    assertThat(database.refusal("PutItem", item("") + names))
        .isEqualTo(
            "ValidationException: ExpressionAttributeNames can only be specified when using expressions");
    assertThat(database.refusal("PutItem", item("") + values))
        .isEqualTo(
            "ValidationException: ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null");
    String condition = ",'ConditionExpression':'attribute_exists(h)'";
    assertThat(database.refusal("PutItem", item("") + condition + names))
        .isEqualTo(
            "ValidationException: Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}");
    assertThat(database.refusal("PutItem", item("") + condition + values))
        .isEqualTo(
            "ValidationException: Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}");
  }

  @Test
  void everyTypeComesBackAsItWasPut() {
    put(
        ",'b':{'B':'AAH/'},'bs':{'BS':['AQ==','Ag==']},'f':{'BOOL':false},'l':{'L':[{'S':'1'},{'L':[]}]},'m':{'M':{'k':{'M':{}}}},'n':{'N':'-0.0012'},'ns':{'NS':['2.5','-1']},'s':{'S':'ü𝄞'},'ss':{'SS':['a','']},'z':{'NULL':true}",
        "");
    assertThat(get())
        .isEqualTo(
            "{'Item':{'b':{'B':'AAH/'},'bs':{'BS':['AQ==','Ag==']},'f':{'BOOL':false},'h':{'S':'a'},'l':{'L':[{'S':'1'},{'L':[]}]},'m':{'M':{'k':{'M':{}}}},'n':{'N':'-0.0012'},'ns':{'NS':['-1','2.5']},'r':{'N':'1'},'s':{'S':'ü𝄞'},'ss':{'SS':['','a']},'z':{'NULL':true}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'A'       | Base64 encoded length is expected a multiple of 4 bytes but found: 1
          'AQ='     | Base64 encoded length is expected a multiple of 4 bytes but found: 3
          'A!=='    | Invalid Base64 character: '!'
          'AQ-_'    | Invalid Base64 character: '-'
          'AéAA' | Invalid Base64 character: 'é'
          '===='    | Invalid Base64 character: '='
          'A==='    | Invalid Base64 character: '='
          'A=AA'    | Invalid Base64 character: '='
          'AQ==AQ==' | Invalid Base64 character: '='
          'AR=='    | Invalid last non-pad Base64 character dectected
          'AAF='    | Invalid last non-pad Base64 character dectected
          true      | TRUE_VALUE cannot be converted to ByteBuffer
          {}        | Start of structure or map found where not expected
          []        | Unrecognized collection type class java.nio.ByteBuffer
          """)
  void binariesAreBase64WithoutSpareBits(String text, String message) {
    assertThat(database.refusal("PutItem", item(",'x':{'B':" + text + "}")))
        .isEqualTo("SerializationException: " + message);
    assertThat(database.refusal("PutItem", item(",'x':{'BS':['AQ=='," + text + "]}")))
        .isEqualTo("SerializationException: " + message);
  }

  @Test
  void binariesOfEveryLengthComeBack() {
    for (String text : new String[] {"", "AQ==", "AQI=", "AQID", "+/+/", "/w=="}) {
      put(",'x':{'B':'" + text + "'}", "");
      assertThat(get()).contains("'x':{'B':'" + text + "'}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'Item':[]                 | Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>
          'Item':'x'                | Unexpected field type
          'Item':{'h':[]}           | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue
          'Item':{'h':'x'}          | Unexpected value type in payload
          'Item':{'h':{'S':1}}      | NUMBER_VALUE cannot be converted to String
          'Item':{'h':{'N':1}}      | NUMBER_VALUE cannot be converted to String
          'Item':{'h':{'N':1.5}}    | DECIMAL_VALUE cannot be converted to String
          'Item':{'h':{'BOOL':'true'}} | Unexpected token received from parser
          'Item':{'h':{'NULL':'true'}} | Unexpected token received from parser
          'Item':{'h':{'BOOL':1}}   | NUMBER_VALUE cannot be converted to Boolean
          'Item':{'h':{'SS':'x'}}   | Unexpected field type
          'Item':{'h':{'SS':{}}}    | Start of structure or map found where not expected
          'Item':{'h':{'SS':[[]]}}  | Unrecognized collection type class java.lang.String
          'Item':{'h':{'L':['x']}}  | Unexpected value type in payload
          'Item':{'h':{'L':[[]]}}   | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue
          'Item':{'h':{'M':[]}}     | Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>
          'Item':{},'Expected':{'a':{'Value':'x'}} | Unexpected field type
          'Item':{},'Expected':{'a':{'AttributeValueList':['x']}} | Unexpected value type in payload
          """)
  void wrongJsonTypesAreRefusedInAwsWords(String members, String message) {
    assertThat(database.refusal("PutItem", members))
        .isEqualTo("SerializationException: " + message);
  }

  @Test
  void emptyStringsAndBinariesAreValuesOfAttributesThatAreNoKeys() {
    put(",'b':{'B':''},'s':{'S':''}", "");
    assertThat(get()).isEqualTo("{'Item':{'b':{'B':''},'h':{'S':'a'},'r':{'N':'1'},'s':{'S':''}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'SS':[]}            | One or more parameter values were invalid: An string set  may not be empty
          {'NS':[]}            | One or more parameter values were invalid: An number set  may not be empty
          {'BS':[]}            | One or more parameter values were invalid: Binary sets should not be empty
          {'SS':['a','a']}     | One or more parameter values were invalid: Input collection [a, a] contains duplicates.
          {'NS':['1','1.0']}   | Input collection contains duplicates
          {'BS':['AQ==','AQ==']} | One or more parameter values were invalid: Input collection [AQ==, AQ==]of type BS contains duplicates.
          {'NULL':false}       | One or more parameter values were invalid: Null attribute value types must have the value of true
          {}                   | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          {'S':'a','N':'1'}    | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes
          """)
  void malformedValuesAreRefused(String value, String message) {
    assertThat(database.refusal("PutItem", item(",'x':" + value)))
        .isEqualTo("ValidationException: " + message);
  }
}
