package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.ITEM;
import static dev.evenkeel.expression.Samples.item;
import static dev.evenkeel.expression.Samples.l;
import static dev.evenkeel.expression.Samples.m;
import static dev.evenkeel.expression.Samples.n;
import static dev.evenkeel.expression.Samples.ns;
import static dev.evenkeel.expression.Samples.s;
import static dev.evenkeel.expression.Samples.scope;
import static dev.evenkeel.expression.Samples.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateExpressionTest {
  private static final Map<String, AttributeValue> KEY = Map.of("pk", s("p"));

  /// Expression, attribute to look at, its value afterwards or null.
  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of("SET a = :t", "a", s("y")),
        Arguments.of("set fresh = :m", "fresh", m("k", s("v"))),
        Arguments.of("SET fresh = a", "fresh", s("x")),
        Arguments.of("SET num = num + :n5", "num", n("10")),
        Arguments.of("SET num = :n4 - num", "num", n("-1")),
        Arguments.of("SET num = (num - (:n4))", "num", n("1")),
        Arguments.of("SET c = if_not_exists(c, :zero) + :n5", "c", n("5")),
        Arguments.of("SET num = if_not_exists(num, :zero) + :n5", "num", n("10")),
        Arguments.of(
            "SET e = list_append(if_not_exists(e, :l), :l)",
            "e",
            l(s("x"), n("5"), s("x"), n("5"))),
        Arguments.of("SET doc.list_[0] = :t", "doc", m("list_", l(s("y"), n("5"), deep()))),
        Arguments.of(
            "SET doc.list_[9] = :t, doc.list_[7] = :s",
            "doc",
            m("list_", l(s("x"), n("5"), deep(), s("x"), s("y")))),
        Arguments.of("REMOVE doc.list_[0], doc.list_[2]", "doc", m("list_", l(n("5")))),
        Arguments.of(
            "REMOVE doc.list_[0] SET doc.list_[1] = :t", "doc", m("list_", l(s("y"), deep()))),
        Arguments.of("REMOVE doc.list_[99]", "doc", m("list_", l(s("x"), n("5"), deep()))),
        Arguments.of("REMOVE a", "a", null),
        Arguments.of("REMOVE absent", "absent", null),
        Arguments.of("ADD num :n5", "num", n("10")),
        Arguments.of("ADD fresh :n5", "fresh", n("5")),
        Arguments.of("ADD tags :ss", "tags", ss("x", "y", "z")),
        Arguments.of("ADD nums :ns", "nums", ns(1, 2)),
        Arguments.of("DELETE tags :ss", "tags", ss("y")),
        Arguments.of("DELETE nums :ns", "nums", ns(2)),
        Arguments.of("DELETE absent :ss", "absent", null),
        Arguments.of("SET a = num, num = a", "a", n("5")),
        Arguments.of("SET a = num, num = a", "num", s("x")));
  }

  private static AttributeValue deep() {
    return m("deep", s("d"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void changesTheItem(String expression, String name, AttributeValue expected) {
    BinaryItem after = EXPRESSIONS.update(expression, scope()).apply(ITEM, KEY);
    assertThat(after.get(name)).isEqualTo(expected);
    assertThat(after.get("status")).isEqualTo(s("open"));
  }

  @Test
  void aSetThatLosesItsLastElementIsRemoved() {
    Update update =
        EXPRESSIONS.update(
            "DELETE tags :all", ExpressionScope.of(null, Map.of(":all", ss("x", "y"))));
    assertThat(update.apply(ITEM, KEY).has("tags")).isFalse();
  }

  @Test
  void aNewItemGetsItsKey() {
    BinaryItem after = EXPRESSIONS.update("SET a = :s REMOVE b", scope()).apply(null, KEY);
    assertThat(after).isEqualTo(item(Map.entry("pk", s("p")), Map.entry("a", s("x"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET a = absent | The provided expression refers to an attribute that does not exist in"
            + " the item",
        "SET a = absent + :n5 | The provided expression refers to an attribute that does not exist"
            + " in the item",
        "SET a = a + :n5 | An operand in the update expression has an incorrect data type",
        "SET a = list_append(a, :l) | An operand in the update expression has an incorrect data"
            + " type",
        "ADD a :n5 | An operand in the update expression has an incorrect data type",
        "ADD tags :ns | An operand in the update expression has an incorrect data type",
        "DELETE a :ss | An operand in the update expression has an incorrect data type",
        "SET absent.b = :s | The document path provided in the update expression is invalid for"
            + " update",
        "SET a.b = :s | The document path provided in the update expression is invalid for update",
        "SET a[0] = :s | The document path provided in the update expression is invalid for update",
        "REMOVE absent.b | The document path provided in the update expression is invalid for"
            + " update"
      })
  void whatDoesNotApplyToTheItemIsRefused(String expression, String message) {
    Update update = EXPRESSIONS.update(expression, scope());
    assertThatThrownBy(() -> update.apply(ITEM, KEY))
        .isInstanceOf(ApiException.class)
        .hasMessage(message);
  }

  @Test
  void anOverflowIsRefused() {
    ExpressionScope scope = ExpressionScope.of(null, Map.of(":max", n("9e125")));
    Update update = EXPRESSIONS.update("SET x = :max + :max", scope);
    assertThatThrownBy(() -> update.apply(ITEM, KEY))
        .hasMessage(
            "Number overflow. Attempting to store a number with magnitude larger than supported"
                + " range");
  }

  @Test
  void anItemGrownTooLargeIsRefused() {
    ExpressionScope scope = ExpressionScope.of(null, Map.of(":big", s("x".repeat(409_600))));
    Update update = EXPRESSIONS.update("SET x = :big", scope);
    assertThatThrownBy(() -> update.apply(ITEM, KEY))
        .hasMessage("Item size to update has exceeded the maximum allowed size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The expression can not be empty;",
        "INVALID SYNTAX HERE | Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"",
        "SET | Syntax error; token: \"<EOF>\", near: \"SET\"",
        "SET a | Syntax error; token: \"<EOF>\", near: \"a\"",
        "SET a :s | Syntax error; token: \":s\", near: \"a :s\"",
        "SET a = :s, | Syntax error; token: \"<EOF>\", near: \",\"",
        "SET book-price = :s | Syntax error; token: \"-\", near: \"book-price\"",
        "ADD hits : incr | Syntax error; token: \":\", near: \"hits : incr\"",
        "ADD a b | Syntax error; token: \"b\", near: \"a b\"",
        "SET a = :n5 + :n5 + :n5 | Syntax error; token: \"+\", near: \":n5 + :n5\"",
        "SET a = (:n5 + :n5) + :n5 | Syntax error; token: \"+\", near: \") + :n5\"",
        "SET a = :s SET b = :s | The \"SET\" section can only be used once in an update expression;",
        "REMOVE status | Attribute name is a reserved keyword; reserved keyword: status",
        "SET a = size(b) | Invalid function name; function: size",
        "SET a = :x, #x = :s | An expression attribute name used in the document path is not"
            + " defined; attribute name: #x",
        "SET a = :x | An expression attribute value used in expression is not defined; attribute"
            + " value: :x",
        "SET a = :s, a.b = :s | Two document paths overlap with each other; must remove or rewrite"
            + " one of these paths; path one: [a], path two: [a, b]",
        "SET a.b[1] = :s REMOVE #a | Two document paths overlap with each other; must remove or"
            + " rewrite one of these paths; path one: [a, b, [1]], path two: [a]",
        "SET a.b = :s REMOVE a[0] | Two document paths conflict with each other; must remove or"
            + " rewrite one of these paths; path one: [a, b], path two: [a, [0]]",
        "SET a.b = :s, a[0] = :s, c = :s, c = :t | Two document paths overlap with each other; must"
            + " remove or rewrite one of these paths; path one: [c], path two: [c]",
        "ADD a :s | Incorrect operand type for operator or function; operator: ADD, operand type:"
            + " STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
        "ADD a :l | Incorrect operand type for operator or function; operator: ADD, operand type:"
            + " LIST, typeSet: ALLOWED_FOR_ADD_OPERAND",
        "DELETE a :n5 | Incorrect operand type for operator or function; operator: DELETE, operand"
            + " type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
        "SET a = list_append(b, :m) | Incorrect operand type for operator or function; operator or"
            + " function: list_append, operand type: M",
        "SET a = b + :s | Incorrect operand type for operator or function; operator or function: +,"
            + " operand type: S",
        "SET a = if_not_exists(:s, :s) | Operator or function requires a document path; operator or"
            + " function: if_not_exists",
        "SET a = if_not_exists(a) | Incorrect number of operands for operator or function; operator"
            + " or function: if_not_exists, number of operands: 1"
      })
  void mistakesAreReportedInTheWordsOfAws(String expression, String problem) {
    assertThatThrownBy(() -> EXPRESSIONS.update(expression, scope()))
        .isInstanceOf(ApiException.class)
        .hasMessage("Invalid UpdateExpression: " + problem);
  }

  @Test
  void keysAreNeverChanged() {
    KeySchema keys = new KeySchema(new KeySchema.KeyAttribute("pk", AttributeValue.Type.S), null);
    Update update = EXPRESSIONS.update("SET #pk = :s", scope());
    assertThatThrownBy(() -> update.refuseKeys(keys))
        .hasMessage(
            "One or more parameter values were invalid: Cannot update attribute pk. This attribute"
                + " is part of the key");
  }

  @Test
  void updatedIsWhatThePathsLeadTo() {
    Update update = EXPRESSIONS.update("SET doc.list_[1] = :s, num = :n4 REMOVE a", scope());
    assertThat(update.updated(ITEM))
        .isEqualTo(Map.of("doc", m("list_", l(n("5"))), "num", n("5"), "a", s("x")));
    assertThat(update.updated(update.apply(ITEM, KEY)))
        .isEqualTo(Map.of("doc", m("list_", l(s("x"))), "num", n("4")));
    assertThat(update.updated(null)).isEmpty();
    assertThat(update.topLevelNames()).containsExactly("doc", "num", "a");
  }
}
