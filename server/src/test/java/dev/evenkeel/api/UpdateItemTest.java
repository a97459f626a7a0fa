package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UpdateItemTest {
  private static final String KEY = "'Key':{'h':{'S':'a'}}";

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @BeforeEach
  void createTable() {
    database.create("Tab", "h:S");
    database.ok("PutItem", "'Item':{'h':{'S':'a'},'x':{'N':'1'},'y':{'M':{'k':{'S':'v'}}}}");
  }

  private String update(String members) {
    return database.ok("UpdateItem", KEY + "," + members);
  }

  private String refusal(String members) {
    return database.refusal("UpdateItem", KEY + "," + members);
  }

  private String item() {
    return database.ok("GetItem", KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          NONE        | {}
          ALL_OLD     | {'Attributes':{'h':{'S':'a'},'x':{'N':'1'},'y':{'M':{'k':{'S':'v'}}}}}
          ALL_NEW     | {'Attributes':{'h':{'S':'a'},'x':{'N':'2'},'y':{'M':{'k':{'S':'w'}}},'z':{'S':'w'}}}
          UPDATED_OLD | {'Attributes':{'x':{'N':'1'},'y':{'M':{'k':{'S':'v'}}}}}
          UPDATED_NEW | {'Attributes':{'x':{'N':'2'},'y':{'M':{'k':{'S':'w'}}},'z':{'S':'w'}}}
          """)
  void returnValuesChooseWhatComesBack(String returnValues, String answer) {
    assertThat(
            update(
                "'UpdateExpression':'SET x = x + :one, y.k = :w, z = :w','ExpressionAttributeValues':{':one':{'N':'1'},':w':{'S':'w'}},'ReturnValues':'"
                    + returnValues
                    + "'"))
        .isEqualTo(answer);
  }

  @Test
  void whatWasRemovedIsNotAmongTheUpdatedNew() {
    String remove = "'UpdateExpression':'REMOVE x','ReturnValues':";
    assertThat(update(remove + "'UPDATED_NEW'")).isEqualTo("{}");
    assertThat(update(remove + "'UPDATED_OLD'")).isEqualTo("{}");
    assertThat(item()).doesNotContain("'x'");
  }

  @Test
  void anUpdateOfNoItemCreatesIt() {
    String other = "'Key':{'h':{'S':'b'}}";
    assertThat(database.ok("UpdateItem", other + ",'ReturnValues':'ALL_NEW'"))
        .isEqualTo("{'Attributes':{'h':{'S':'b'}}}");
    assertThat(database.ok("GetItem", other)).isEqualTo("{'Item':{'h':{'S':'b'}}}");
    assertThat(database.ok("UpdateItem", "'Key':{'h':{'S':'c'}},'ReturnValues':'ALL_OLD'"))
        .isEqualTo("{}");
  }

  @Test
  void theKeyIsNotUpdated() {
    String text =
        "ValidationException: One or more parameter values were invalid: Cannot update attribute h. This attribute is part of the key";
    assertThat(
            refusal("'UpdateExpression':'SET h = :v','ExpressionAttributeValues':{':v':{'S':'b'}}"))
        .isEqualTo(text);
    assertThat(refusal("'AttributeUpdates':{'h':{'Value':{'S':'b'}}}")).isEqualTo(text);
  }

  @Test
  void attributeUpdatesAreTheLegacyUpdate() {
    assertThat(
            update(
                "'AttributeUpdates':{'x':{'Action':'ADD','Value':{'N':'4'}},'y':{'Action':'DELETE'},'z':{'Value':{'S':'put'}}},'ReturnValues':'ALL_NEW'"))
        .isEqualTo("{'Attributes':{'h':{'S':'a'},'x':{'N':'5'},'z':{'S':'put'}}}");
    assertThat(refusal("'AttributeUpdates':{'x':{'Action':'MOVE'}}"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value 'MOVE' at 'AttributeUpdates.x.member.Action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, DELETE, PUT]");
    assertThat(
            refusal(
                "'AttributeUpdates':{'x':{'Action':'ADD','Value':{'N':'4'}}},'UpdateExpression':'REMOVE y'"))
        .isEqualTo(
            "ValidationException: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates} Expression parameters: {UpdateExpression}");
  }

  @Test
  void updateAndConditionShareNamesAndValues() {
    String both =
        "'UpdateExpression':'SET #x = :two','ConditionExpression':'#x < :two','ExpressionAttributeNames':{'#x':'x'},'ExpressionAttributeValues':{':two':{'N':'2'}}";
    assertThat(update(both)).isEqualTo("{}");
    assertThat(refusal(both))
        .isEqualTo("ConditionalCheckFailedException: The conditional request failed");
    assertThat(
            database.refusalBody(
                "UpdateItem",
                KEY + "," + both + ",'ReturnValuesOnConditionCheckFailure':'ALL_OLD'"))
        .contains("'Item':{'h':{'S':'a'},'x':{'N':'2'},");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SET x = y + :v       | An operand in the update expression has an incorrect data type
          SET q = nothing + :v | The provided expression refers to an attribute that does not exist in the item
          SET x.k = :v         | The document path provided in the update expression is invalid for update
          ADD y :v             | An operand in the update expression has an incorrect data type
          """)
  void whatDoesNotFitTheItemIsRefused(String expression, String message) {
    assertThat(
            refusal(
                "'UpdateExpression':'"
                    + expression
                    + "','ExpressionAttributeValues':{':v':{'N':'1'}}"))
        .isEqualTo("ValidationException: " + message);
    assertThat(item()).contains("'x':{'N':'1'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'SS':[]}    | One or more parameter values were invalid: An string set  may not be empty
          {'N':'12e'}  | The parameter cannot be converted to a numeric value: 12e
          {'L':[{}]}   | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          """)
  void aValueThatIsNoneIsNamedByItsKey(String value, String message) {
    assertThat(
            refusal(
                "'UpdateExpression':'SET q = :v','ExpressionAttributeValues':{':v':" + value + "}"))
        .isEqualTo(
            "ValidationException: ExpressionAttributeValues contains invalid value: "
                + message
                + " for key :v");
    assertThat(refusal("'AttributeUpdates':{'q':{'Value':" + value + "}}"))
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void theConditionIsJudgedBeforeTheUpdateIsApplied() {
    assertThat(
            refusal(
                "'UpdateExpression':'SET q = nothing','ConditionExpression':'attribute_exists(nothing)'"))
        .startsWith("ConditionalCheckFailedException");
  }

  @Test
  void sumsAreExactAndOverflowIsRefused() {
    String add = "'UpdateExpression':'ADD x :v','ReturnValues':'UPDATED_NEW'";
    assertThat(
            update(
                add
                    + ",'ExpressionAttributeValues':{':v':{'N':'0.0000000000000000000000000000000000001'}}"))
        .isEqualTo("{'Attributes':{'x':{'N':'1.0000000000000000000000000000000000001'}}}");
    assertThat(refusal(add + ",'ExpressionAttributeValues':{':v':{'N':'9.9E125'}}"))
        .isEqualTo(
            "ValidationException: Attempting to store more than 38 significant digits in a Number");
    String largest = "{':v':{'N':'9.9999999999999999999999999999999999999E+125'}}";
    assertThat(
            refusal("'UpdateExpression':'SET q = :v + :v','ExpressionAttributeValues':" + largest))
        .isEqualTo(
            "ValidationException: Number overflow. Attempting to store a number with magnitude"
                + " larger than supported range");
  }
}
