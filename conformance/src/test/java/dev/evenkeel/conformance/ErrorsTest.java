package dev.evenkeel.conformance;

import static dev.evenkeel.conformance.Values.item;
import static dev.evenkeel.conformance.Values.n;
import static dev.evenkeel.conformance.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// The errors that applications meet, with the texts that AWS sends.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsTest {
  private final DynamoDbClient ddb = Clients.SYNC;
  private TestTable table = new TestTable(ddb, "");

  @BeforeAll
  void createTable() {
    table = TestTable.composite();
  }

  @AfterAll
  void deleteTable() {
    table.close();
  }

  @Test
  void missingTable() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> ddb.getItem(r -> r.tableName("no-such-table").key(item("p", "a"))))
        .satisfies(e -> {
          assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Requested resource not found");
          assertThat(e.statusCode()).isEqualTo(400);
          assertThat(e.requestId()).hasSize(52);
        });
  }

  @Test
  void itemWithoutItsKey() {
    assertInvalid(
        () -> table.put(item("p", "a")),
        "One or more parameter values were invalid: Missing the key s in the item");
  }

  @Test
  void keyOfTheWrongType() {
    assertInvalid(
        () -> table.put(item("p", 1, "s", 1)),
        "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N");
  }

  @Test
  void keyThatIsNotTheSchemas() {
    assertInvalid(
        () -> table.get(item("p", "a")), "The provided key element does not match the schema");
    assertInvalid(
        () -> table.get(item("p", "a", "s", 1, "x", 1)),
        "The provided key element does not match the schema");
  }

  @Test
  void emptyStringAsKey() {
    assertInvalid(
        () -> table.put(item("p", "", "s", 1)),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p");
  }

  @Test
  void itemThatIsTooLarge() {
    assertInvalid(
        () -> table.put(item("p", "a", "s", 1, "v", "x".repeat(400 * 1024))),
        "Item size has exceeded the maximum allowed size");
  }

  @Test
  void numberOutOfRange() {
    assertInvalid(
        () -> table.put(item("p", "a", "s", 1, "v", n("1e126"))),
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
    assertInvalid(
        () -> table.put(item("p", "a", "s", 1, "v", n("1." + "1".repeat(38)))),
        "Attempting to store more than 38 significant digits in a Number");
  }

  @Test
  void syntaxErrorShowsTheToken() {
    assertInvalid(
        () -> update("SET a = = :v", Map.of(":v", n(1))),
        "Invalid UpdateExpression: Syntax error; token: \"=\", near: \"= = :v\"");
  }

  @Test
  void reservedWord() {
    assertInvalid(
        () -> update("SET status = :v", Map.of(":v", n(1))),
        "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status");
  }

  @Test
  void valueThatIsNotUsed() {
    assertInvalid(
        () -> update("SET a = :v", Map.of(":v", n(1), ":w", n(2))),
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
  }

  @Test
  void valueThatIsNotThere() {
    assertInvalid(
        () -> update("SET a = :v", Map.of(":w", n(1))),
        "Invalid UpdateExpression: An expression attribute value used in expression is not defined;"
            + " attribute value: :v");
  }

  @Test
  void keyInAnUpdate() {
    assertInvalid(
        () -> update("SET p = :v", Map.of(":v", s("b"))),
        "One or more parameter values were invalid: Cannot update attribute p. This attribute is"
            + " part of the key");
  }

  @Test
  void pathThatDoesNotLeadAnywhere() {
    table.put(item("p", "k", "s", 1, "v", 1));
    assertInvalid(
        () -> update("SET v.x = :v", Map.of(":v", n(1))),
        "The document path provided in the update expression is invalid for update");
  }

  @Test
  void sumOfOtherThanNumbers() {
    table.put(item("p", "k", "s", 1, "v", "text"));
    assertInvalid(
        () -> update("SET v = v + :v", Map.of(":v", n(1))),
        "An operand in the update expression has an incorrect data type");
  }

  @Test
  void queryWithoutPartitionKey() {
    assertInvalid(
        () ->
            ddb.query(r ->
                r.tableName(table.name())
                    .keyConditionExpression("s = :s")
                    .expressionAttributeValues(Map.of(":s", n(1)))),
        "Query condition missed key schema element: p");
  }

  @Test
  void expressionsAndLegacyParametersTogether() {
    assertInvalid(
        () ->
            ddb.scan(r ->
                r.tableName(table.name())
                    .attributesToGet("p")
                    .filterExpression("attribute_exists(p)")),
        "Can not use both expression and non-expression parameters in the same request:"
            + " Non-expression parameters: {AttributesToGet} Expression parameters:"
            + " {FilterExpression}");
  }

  @Test
  void operationThatIsNotThereYet() {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> ddb.listBackups(r -> {}))
        .satisfies(e ->
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"));
  }

  private void update(String expression, Map<String, AttributeValue> values) {
    ddb.updateItem(r ->
        r.tableName(table.name())
            .key(item("p", "k", "s", 1))
            .updateExpression(expression)
            .expressionAttributeValues(values));
  }

  private static void assertInvalid(Runnable call, String message) {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(call::run)
        .satisfies(e -> {
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
          assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
          assertThat(e.statusCode()).isEqualTo(400);
        });
  }
}
