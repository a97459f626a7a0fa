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
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalOperator;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegacyParametersTest {
  private final DynamoDbClient ddb = Clients.SYNC;
  private TestTable table = new TestTable(ddb, "");

  @BeforeAll
  void createAndFillTable() {
    table = TestTable.composite();
    for (int i = 0; i < 10; i++) {
      table.put(item("p", "a", "s", i, "word", "w" + i));
    }
  }

  @AfterAll
  void deleteTable() {
    table.close();
  }

  @Test
  void keyConditionsAndQueryFilterSelect() {
    assertThat(
            ddb.query(r ->
                    r.tableName(table.name())
                        .keyConditions(
                            Map.of(
                                "p", is(ComparisonOperator.EQ, s("a")),
                                "s", is(ComparisonOperator.BETWEEN, n(2), n(5))))
                        .queryFilter(Map.of("word", is(ComparisonOperator.NE, s("w3"))))
                        .attributesToGet("s"))
                .items())
        .containsExactly(item("s", 2), item("s", 4), item("s", 5));
  }

  @Test
  void scanFilterWithOrSelects() {
    assertThat(
            ddb.scan(r ->
                    r.tableName(table.name())
                        .scanFilter(
                            Map.of(
                                "word", is(ComparisonOperator.BEGINS_WITH, s("w7")),
                                "s", is(ComparisonOperator.LT, n(1))))
                        .conditionalOperator(ConditionalOperator.OR))
                .count())
        .isEqualTo(2);
  }

  @Test
  void expectedGuardsAPut() {
    table.put(item("p", "expected", "s", 1, "v", 1));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() ->
            ddb.putItem(r ->
                r.tableName(table.name())
                    .item(item("p", "expected", "s", 1, "v", 2))
                    .expected(Map.of("v", ExpectedAttributeValue.builder().value(n(7)).build()))));
    ddb.putItem(r ->
        r.tableName(table.name())
            .item(item("p", "expected", "s", 1, "v", 2))
            .expected(
                Map.of(
                    "v",
                    ExpectedAttributeValue.builder()
                        .comparisonOperator(ComparisonOperator.GE)
                        .attributeValueList(n(1))
                        .build(),
                    "none",
                    ExpectedAttributeValue.builder().exists(false).build())));
    assertThat(table.get(item("p", "expected", "s", 1))).containsEntry("v", n(2));
  }

  @Test
  void attributeUpdatesPutAddAndDelete() {
    table.put(item("p", "updates", "s", 1, "count", 1, "gone", "x"));
    ddb.updateItem(r ->
        r.tableName(table.name())
            .key(item("p", "updates", "s", 1))
            .attributeUpdates(
                Map.of(
                    "count", update(AttributeAction.ADD, n(2)),
                    "fresh", update(AttributeAction.PUT, s("new")),
                    "gone",
                        AttributeValueUpdate.builder().action(AttributeAction.DELETE).build())));
    assertThat(table.get(item("p", "updates", "s", 1)))
        .isEqualTo(item("p", "updates", "s", 1, "count", 3, "fresh", "new"));
  }

  private static AttributeValueUpdate update(AttributeAction action, AttributeValue value) {
    return AttributeValueUpdate.builder().action(action).value(value).build();
  }

  private static Condition is(ComparisonOperator operator, AttributeValue... values) {
    return Condition.builder().comparisonOperator(operator).attributeValueList(values).build();
  }
}
