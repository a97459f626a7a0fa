package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.n;
import static dev.evenkeel.expression.Samples.s;
import static dev.evenkeel.expression.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.expression.SortRange.Operator;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyConditionExpressionTest {
  private static final KeySchema SIMPLE =
      new KeySchema(new KeySchema.KeyAttribute("pk", AttributeValue.Type.S), null);
  private static final KeySchema COMPOSITE =
      new KeySchema(
          new KeySchema.KeyAttribute("pk", AttributeValue.Type.S),
          new KeySchema.KeyAttribute("sk", AttributeValue.Type.N));

  static Stream<Arguments> ranges() {
    return Stream.of(
        Arguments.of("pk = :s", null),
        Arguments.of("(pk = :s)", null),
        Arguments.of(":s = #pk", null),
        Arguments.of("pk = :s AND sk = :n5", new SortRange(Operator.EQ, n("5"), null)),
        Arguments.of("sk < :n5 AND pk = :s", new SortRange(Operator.LT, n("5"), null)),
        Arguments.of("(pk = :s) AND (sk <= :n5)", new SortRange(Operator.LE, n("5"), null)),
        Arguments.of("pk = :s AND sk > :n5", new SortRange(Operator.GT, n("5"), null)),
        Arguments.of("pk = :s AND :n5 <= sk", new SortRange(Operator.GE, n("5"), null)),
        Arguments.of(
            "pk = :s AND sk BETWEEN :n4 AND :n5", new SortRange(Operator.BETWEEN, n("4"), n("5"))));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void namesAPartitionKeyAndARangeOfSortKeys(String expression, SortRange range) {
    assertThat(EXPRESSIONS.keyCondition(expression, scope()).on(COMPOSITE))
        .isEqualTo(new KeyCondition(s("x"), range));
  }

  @Test
  void theSortKeyMayBeAskedForByItsBeginning() {
    KeySchema keys =
        new KeySchema(
            new KeySchema.KeyAttribute("pk", AttributeValue.Type.S),
            new KeySchema.KeyAttribute("sk", AttributeValue.Type.S));
    assertThat(EXPRESSIONS.keyCondition("pk = :s AND begins_with(sk, :t)", scope()).on(keys).sort())
        .isEqualTo(new SortRange(Operator.BEGINS_WITH, s("y"), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pk = :s OR sk = :n5 | Invalid operator used in KeyConditionExpression: OR",
        "NOT pk = :s | Invalid operator used in KeyConditionExpression: NOT",
        "pk IN (:s) | Invalid operator used in KeyConditionExpression: IN",
        "pk <> :s | Invalid operator used in KeyConditionExpression: <>",
        "attribute_exists(pk) | Invalid operator used in KeyConditionExpression: attribute_exists",
        "contains(pk, :s) | Invalid operator used in KeyConditionExpression: contains",
        "size(pk) = :n5 | KeyConditionExpressions cannot contain nested operations",
        "pk = sk | Invalid condition in KeyConditionExpression: Multiple attribute names used in"
            + " one condition",
        ":s = :s | Invalid condition in KeyConditionExpression: No key attribute specified",
        ":s BETWEEN pk AND :s | Invalid condition in KeyConditionExpression: BETWEEN operator must"
            + " have the key attribute as its first operand",
        "begins_with(:s, pk) | Invalid condition in KeyConditionExpression: begins_with operator"
            + " must have the key attribute as its first operand",
        "pk.x = :s | Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions"
            + " on nested attributes",
        "pk = :s AND sk > :n4 AND sk < :n5 | KeyConditionExpressions must only contain one"
            + " condition per key",
        "sk = :n5 | Query condition missed key schema element: pk",
        "pk = :s AND another = :s | Query condition missed key schema element: sk",
        "pk > :s | Query key condition not supported",
        "pk = :n5 | One or more parameter values were invalid: Condition parameter type does not"
            + " match schema type",
        "pk = :empty | One or more parameter values are not valid. The AttributeValue for a key"
            + " attribute cannot contain an empty string value. Key: pk",
        "pk = :s AND sk = :n5 AND another = :s | Conditions can be of length 1 or 2 only",
        "((pk = :s)) | Invalid KeyConditionExpression: The expression has redundant parentheses;",
        "pk = :x | Invalid KeyConditionExpression: An expression attribute value used in expression"
            + " is not defined; attribute value: :x"
      })
  void mistakesAreReportedInTheWordsOfAws(String expression, String message) {
    assertThatThrownBy(() -> EXPRESSIONS.keyCondition(expression, scope()).on(COMPOSITE))
        .hasMessage(message);
  }

  @Test
  void aKeyWithoutSortKeyTakesOneCondition() {
    assertThatThrownBy(() -> EXPRESSIONS.keyCondition("pk = :s AND sk = :n5", scope()).on(SIMPLE))
        .hasMessage("Query key condition not supported");
  }
}
