package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.ITEM;
import static dev.evenkeel.expression.Samples.item;
import static dev.evenkeel.expression.Samples.l;
import static dev.evenkeel.expression.Samples.n;
import static dev.evenkeel.expression.Samples.s;
import static dev.evenkeel.expression.Samples.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.expression.AttributeUpdate.Action;
import dev.evenkeel.expression.LegacyParameters.ConditionalOperator;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegacyParametersTest {
  private static final String INVALID = "One or more parameter values were invalid: ";

  static Stream<Arguments> comparisons() {
    return Stream.of(
        comparison("a", ComparisonOperator.EQ, true, s("x")),
        comparison("a", ComparisonOperator.EQ, false, n("5")),
        comparison("absent", ComparisonOperator.EQ, false, s("x")),
        comparison("doc", ComparisonOperator.NE, true, l()),
        comparison("absent", ComparisonOperator.NE, true, s("x")),
        comparison("num", ComparisonOperator.LE, true, n("5")),
        comparison("num", ComparisonOperator.LT, false, n("5")),
        comparison("num", ComparisonOperator.GE, true, n("5")),
        comparison("num", ComparisonOperator.GT, false, n("5")),
        comparison("num", ComparisonOperator.GT, false, s("4")),
        comparison("num", ComparisonOperator.BETWEEN, true, n("4"), n("5")),
        comparison("a", ComparisonOperator.IN, true, s("w"), s("x")),
        comparison("a", ComparisonOperator.NOT_NULL, true),
        comparison("absent", ComparisonOperator.NULL, true),
        comparison("nothing", ComparisonOperator.NULL, false),
        comparison("status", ComparisonOperator.CONTAINS, true, s("pe")),
        comparison("tags", ComparisonOperator.CONTAINS, true, s("x")),
        comparison("tags", ComparisonOperator.NOT_CONTAINS, true, s("z")),
        comparison("tags", ComparisonOperator.NOT_CONTAINS, false, s("x")),
        comparison("absent", ComparisonOperator.NOT_CONTAINS, false, s("x")),
        comparison("status", ComparisonOperator.BEGINS_WITH, true, s("op")));
  }

  private static Arguments comparison(
      String name, ComparisonOperator operator, boolean holds, AttributeValue... values) {
    return Arguments.of(name, new AttributeCondition(operator, List.of(values)), holds);
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void everyOperatorCompares(String name, AttributeCondition condition, boolean holds) {
    assertThat(LegacyParameters.filter(Map.of(name, condition), null).test(ITEM)).isEqualTo(holds);
  }

  @Test
  void severalConditionsAreJoinedByTheOperator() {
    Map<String, AttributeCondition> conditions = new LinkedHashMap<>();
    conditions.put("a", new AttributeCondition(ComparisonOperator.EQ, List.of(s("x"))));
    conditions.put("num", new AttributeCondition(ComparisonOperator.EQ, List.of(n("0"))));
    assertThat(LegacyParameters.filter(conditions, null).test(ITEM)).isFalse();
    assertThat(LegacyParameters.filter(conditions, ConditionalOperator.AND).test(ITEM)).isFalse();
    assertThat(LegacyParameters.filter(conditions, ConditionalOperator.OR).test(ITEM)).isTrue();
    assertThat(LegacyParameters.filter(Map.of(), null).test(ITEM)).isTrue();
  }

  static Stream<Arguments> badConditions() {
    return Stream.of(
        bad(ComparisonOperator.EQ, "Invalid number of argument(s) for the EQ ComparisonOperator"),
        bad(
            ComparisonOperator.NULL,
            "Invalid number of argument(s) for the NULL ComparisonOperator",
            s("x")),
        bad(
            ComparisonOperator.BETWEEN,
            "Invalid number of argument(s) for the BETWEEN ComparisonOperator",
            s("x")),
        bad(ComparisonOperator.IN, "Invalid number of argument(s) for the IN ComparisonOperator"),
        bad(
            ComparisonOperator.IN,
            "AttributeValues inside AttributeValueList must be of same type",
            s("x"),
            n("1")),
        bad(
            ComparisonOperator.LE,
            "ComparisonOperator LE is not valid for SS AttributeValue type",
            ss("x")),
        bad(
            ComparisonOperator.BEGINS_WITH,
            "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type",
            n("1")));
  }

  private static Arguments bad(
      ComparisonOperator operator, String problem, AttributeValue... values) {
    return Arguments.of(new AttributeCondition(operator, List.of(values)), problem);
  }

  @ParameterizedTest
  @MethodSource("badConditions")
  void valuesSuitTheOperator(AttributeCondition condition, String problem) {
    assertThatThrownBy(() -> LegacyParameters.filter(Map.of("a", condition), null))
        .hasMessage(INVALID + problem);
  }

  @Test
  void boundsAreInOrder() {
    AttributeCondition condition =
        new AttributeCondition(ComparisonOperator.BETWEEN, List.of(n("5"), n("4")));
    assertThatThrownBy(() -> LegacyParameters.filter(Map.of("a", condition), null))
        .hasMessage(
            "The BETWEEN condition was provided a range where the lower bound is greater than the"
                + " upper bound");
  }

  @Test
  void theConditionalOperatorJoinsSomething() {
    AttributeCondition condition = new AttributeCondition(ComparisonOperator.NULL, List.of());
    assertThatThrownBy(
            () -> LegacyParameters.filter(Map.of("a", condition), ConditionalOperator.OR))
        .hasMessage(
            "ConditionalOperator can only be used when Filter or Expected has two or more"
                + " elements");
    assertThatThrownBy(() -> LegacyParameters.checkOperator(ConditionalOperator.AND, 0))
        .hasMessage("ConditionalOperator cannot be used without Filter or Expected");
  }

  static Stream<Arguments> expectations() {
    return Stream.of(
        Arguments.of(new Expectation(s("x"), null, null, null), true),
        Arguments.of(new Expectation(s("x"), true, null, null), true),
        Arguments.of(new Expectation(s("y"), true, null, null), false),
        Arguments.of(new Expectation(null, false, null, null), false),
        Arguments.of(new Expectation(s("x"), null, ComparisonOperator.EQ, null), true),
        Arguments.of(new Expectation(null, null, ComparisonOperator.NOT_NULL, null), true),
        Arguments.of(
            new Expectation(null, null, ComparisonOperator.IN, List.of(s("w"), s("x"))), true));
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void expectedComparesOrAsksForExistence(Expectation expectation, boolean holds) {
    assertThat(LegacyParameters.expected(Map.of("a", expectation), null).test(ITEM))
        .isEqualTo(holds);
  }

  static Stream<Arguments> badExpectations() {
    return Stream.of(
        Arguments.of(
            new Expectation(s("x"), null, ComparisonOperator.EQ, List.of(s("x"))),
            "Value and AttributeValueList cannot be used together for Attribute: a"),
        Arguments.of(
            new Expectation(null, true, ComparisonOperator.EQ, List.of(s("x"))),
            "Exists and ComparisonOperator cannot be used together for Attribute: a"),
        Arguments.of(
            new Expectation(null, null, ComparisonOperator.EQ, null),
            "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a"),
        Arguments.of(
            new Expectation(null, null, null, List.of(s("x"))),
            "AttributeValueList can only be used with a ComparisonOperator for Attribute: a"),
        Arguments.of(
            new Expectation(null, null, null, null),
            "Value must be provided when Exists is null for Attribute: a"),
        Arguments.of(
            new Expectation(null, true, null, null),
            "Value must be provided when Exists is true for Attribute: a"),
        Arguments.of(
            new Expectation(s("x"), false, null, null),
            "Value cannot be used when Exists is false for Attribute: a"),
        Arguments.of(
            new Expectation(null, null, ComparisonOperator.EQ, List.of()),
            "Invalid number of argument(s) for the EQ ComparisonOperator"));
  }

  @ParameterizedTest
  @MethodSource("badExpectations")
  void membersOfExpectedGoTogether(Expectation expectation, String problem) {
    assertThatThrownBy(() -> LegacyParameters.expected(Map.of("a", expectation), null))
        .hasMessage(INVALID + problem);
  }

  static Stream<Arguments> updates() {
    return Stream.of(
        update("a", Action.PUT, s("y"), s("y")),
        update("fresh", Action.PUT, s("y"), s("y")),
        update("num", Action.ADD, n("2"), n("7")),
        update("fresh", Action.ADD, n("2"), n("2")),
        update("tags", Action.ADD, ss("z"), ss("x", "y", "z")),
        update("fresh", Action.ADD, l(n("1")), l(n("1"))),
        update("tags", Action.DELETE, ss("x"), ss("y")),
        update("tags", Action.DELETE, ss("x", "y"), null),
        update("a", Action.DELETE, null, null),
        update("absent", Action.DELETE, ss("x"), null));
  }

  private static Arguments update(
      String name,
      Action action,
      @Nullable AttributeValue value,
      @Nullable AttributeValue expected) {
    return Arguments.of(name, new AttributeUpdate(action, value), expected);
  }

  @ParameterizedTest
  @MethodSource("updates")
  void attributeUpdatesChangeTheItem(
      String name, AttributeUpdate update, @Nullable AttributeValue expected) {
    assertThat(
            LegacyParameters.attributeUpdates(Map.of(name, update)).apply(ITEM, Map.of()).get(name))
        .isEqualTo(expected);
  }

  static Stream<Arguments> badUpdates() {
    return Stream.of(
        Arguments.of(
            new AttributeUpdate(Action.PUT, null),
            "Only DELETE action is allowed when no attribute value is specified"),
        Arguments.of(
            new AttributeUpdate(Action.DELETE, s("x")),
            "DELETE action with value is not supported for the type S"),
        Arguments.of(
            new AttributeUpdate(Action.ADD, s("x")), "ADD action is not supported for the type S"));
  }

  @ParameterizedTest
  @MethodSource("badUpdates")
  void actionsTakeTheirValues(AttributeUpdate update, String problem) {
    assertThatThrownBy(() -> LegacyParameters.attributeUpdates(Map.of("a", update)))
        .hasMessage(INVALID + problem);
  }

  @Test
  void anActionOnAnotherTypeIsRefused() {
    Update update =
        LegacyParameters.attributeUpdates(Map.of("a", new AttributeUpdate(Action.ADD, n("1"))));
    assertThatThrownBy(() -> update.apply(ITEM, Map.of()))
        .hasMessage("Type mismatch for attribute to update");
  }

  @Test
  void keyConditionsMakeARange() {
    KeySchema keys =
        new KeySchema(
            new KeySchema.KeyAttribute("pk", AttributeValue.Type.S),
            new KeySchema.KeyAttribute("sk", AttributeValue.Type.N));
    AttributeCondition partition = new AttributeCondition(ComparisonOperator.EQ, List.of(s("x")));
    AttributeCondition sort =
        new AttributeCondition(ComparisonOperator.BETWEEN, List.of(n("1"), n("2")));
    assertThat(LegacyParameters.keyConditions(Map.of("pk", partition, "sk", sort)).on(keys))
        .isEqualTo(
            new KeyCondition(s("x"), new SortRange(SortRange.Operator.BETWEEN, n("1"), n("2"))));
    assertThatThrownBy(() -> LegacyParameters.keyConditions(Map.of()))
        .hasMessage("Conditions can be of length 1 or 2 only");
    assertThatThrownBy(() ->
            LegacyParameters.keyConditions(
                Map.of("pk", new AttributeCondition(ComparisonOperator.NULL, List.of()))))
        .hasMessage("Attempted conditional constraint is not an indexable operation");
  }

  @Test
  void attributesToGetAreWholeAttributes() {
    assertThat(LegacyParameters.attributesToGet(List.of("a", "a.b")).apply(ITEM))
        .isEqualTo(item(Map.entry("a", s("x")), Map.entry("a.b", n("7"))));
    assertThatThrownBy(() -> LegacyParameters.attributesToGet(List.of("a", "a")))
        .hasMessage(INVALID + "Duplicate value in attribute name: a");
  }
}
