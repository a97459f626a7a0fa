package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.ITEM;
import static dev.evenkeel.expression.Samples.s;
import static dev.evenkeel.expression.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionExpressionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = :s",
        "#a = :s",
        "a <> :t",
        "num <> :s",
        "absent <> :s",
        "num >= :n5 AND num <= :n5",
        "num BETWEEN :n4 AND :n5",
        "a IN (:t, :s)",
        "NOT a = :t",
        "NOT NOT a = :s",
        "a = :t OR a = :s AND num = :n5",
        "(a = :t OR a = :s) AND num = :n5",
        "((a = :t OR a = :s) AND num = :n5) AND num > :n4",
        "(a) = (:s)",
        "(size(tags)) > :zero",
        "attribute_exists(a)",
        "attribute_exists(doc.list_[2].deep)",
        "attribute_not_exists(doc.list_[3])",
        "attribute_not_exists(doc[0])",
        "attribute_not_exists(a.b)",
        "attribute_exists(#dotted)",
        "attribute_type(a, :S)",
        "begins_with(#status, :o)",
        "begins_with(bin, :b)",
        "contains(#status, :pe)",
        "contains(tags, :s)",
        "contains(doc.list_, :n5)",
        "contains(bin, :b)",
        "size(prose) = :three",
        "size(doc) = :one",
        "NOT size(num) > :zero",
        "a=:s and num=:n5 or a=:t",
        "doc . list_ [ 1 ] = :n5",
        ":n5 = num",
        ":s = :s",
        "flag = :bool",
        "nothing = :null",
        "tags <> :ss"
      })
  void holdsForTheItem(String expression) {
    Map<String, AttributeValue> values = new HashMap<>(Samples.VALUES);
    values.put(":o", s("op"));
    values.put(":pe", s("pe"));
    values.put(":three", Samples.n("3"));
    values.put(":one", Samples.n("1"));
    assertThat(
            EXPRESSIONS.condition(expression, ExpressionScope.of(Samples.NAMES, values)).test(ITEM))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = :t",
        "a = :n5",
        "absent = :s",
        "absent = another",
        "a < :n5",
        "a > :n5",
        "num < :n5",
        "absent < :s",
        "doc < :s",
        "absent BETWEEN :n4 AND :n5",
        "absent IN (:s, :t)",
        "attribute_exists(absent)",
        "attribute_type(num, :S)",
        "begins_with(num, :s)",
        "begins_with(absent, :s)",
        "contains(num, :n5)",
        "contains(absent, :n5)",
        "size(num) > :zero",
        "size(absent) = :zero",
        "NOT a = :s",
        "a = :s AND num = :n4"
      })
  void failsForTheItem(String expression) {
    assertThat(EXPRESSIONS.condition(expression, scope()).test(ITEM)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"attribute_not_exists(pk)", "a <> :s", "NOT a = :s"})
  void noItemIsAnItemWithoutAttributes(String expression) {
    assertThat(EXPRESSIONS.condition(expression, scope()).test(null)).isTrue();
  }

  @Test
  void stringsAreOrderedByTheirUtf8Bytes() {
    ExpressionScope scope =
        ExpressionScope.of(null, Map.of(":high", s("\uD834\uDD1E"), ":bmp", s("\uFFFD")));
    assertThat(EXPRESSIONS.condition(":bmp < :high", scope).test(null)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The expression can not be empty;",
        "` ` | Syntax error; token: \"<EOF>\", near: \"\"",
        "a | Syntax error; token: \"<EOF>\", near: \"a\"",
        "a = | Syntax error; token: \"<EOF>\", near: \"=\"",
        "a == :s | Syntax error; token: \"=\", near: \"== :s\"",
        "a = :s b | Syntax error; token: \"b\", near: \":s b\"",
        "a x :s | Syntax error; token: \"x\", near: \"a x :s\"",
        "a = :s AND | Syntax error; token: \"<EOF>\", near: \"AND\"",
        "a AND a = :s | Syntax error; token: \"AND\", near: \"a AND a\"",
        "a = :s-1 | Syntax error; token: \"-\", near: \":s-1\"",
        "_a = :s | Syntax error; token: \"_\", near: \"_a\"",
        "1a = :s | Syntax error; token: \"1\", near: \"1a\"",
        "a = : s | Syntax error; token: \":\", near: \"= : s\"",
        "a = :s) | Syntax error; token: \")\", near: \":s)\"",
        "(a = :s | Syntax error; token: \"<EOF>\", near: \":s\"",
        "a[b] = :s | Syntax error; token: \"b\", near: \"[b]\"",
        "and = :s | Syntax error; token: \"and\", near: \"and =\"",
        "attribute_not_exists( | Syntax error; token: \"<EOF>\", near: \"(\"",
        "size() = :s | Syntax error; token: \")\", near: \"() =\"",
        "a IN :s | Syntax error; token: \":s\", near: \"IN :s\"",
        "a = b = :s | Syntax error; token: \"=\", near: \"b = :s\"",
        "a BETWEEN :s OR :t | Syntax error; token: \"OR\", near: \":s OR :t\"",
        "((a = :s)) | The expression has redundant parentheses;",
        "((a)) = :s | The expression has redundant parentheses;",
        "a = :s OR ((b = :s AND c = :s)) | The expression has redundant parentheses;",
        "nope(a) | Invalid function name; function: nope",
        "SIZE(a) = :n5 | Invalid function name; function: SIZE",
        "if_not_exists(a, :s) = :s | Invalid function name; function: if_not_exists",
        "size(a) | The function is not allowed to be used this way in an expression; function: size",
        "attribute_exists(a) = :bool | The function is not allowed to be used this way in an"
            + " expression; function: attribute_exists",
        "status = :s | Attribute name is a reserved keyword; reserved keyword: status",
        "a.Size = :s | Attribute name is a reserved keyword; reserved keyword: Size",
        "#x = :s | An expression attribute name used in the document path is not defined; attribute"
            + " name: #x",
        "a = :x | An expression attribute value used in expression is not defined; attribute value:"
            + " :x",
        "begins_with(a) | Incorrect number of operands for operator or function; operator or"
            + " function: begins_with, number of operands: 1",
        "attribute_exists(:s) | Operator or function requires a document path; operator or"
            + " function: attribute_exists",
        "begins_with(a, :n5) | Incorrect operand type for operator or function; operator or"
            + " function: begins_with, operand type: N",
        "size(:n5) > :n4 | Incorrect operand type for operator or function; operator or function:"
            + " size, operand type: N",
        "attribute_type(a, :n5) | Incorrect operand type for operator or function; operator or"
            + " function: attribute_type, operand type: N",
        "attribute_type(a, b) | Incorrect operand type for operator or function; operator or"
            + " function: attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
        "attribute_type(a, :bad) | Invalid attribute type name found; type: STRING, valid types:"
            + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "a = a | The first operand must be distinct from the remaining operands for this operator"
            + " or function; operator: =, first operand: [a]",
        "contains(#a, a) | The first operand must be distinct from the remaining operands for this"
            + " operator or function; operator: contains, first operand: [a]",
        "a < :bool | Incorrect operand type for operator or function; operator: <, operand type:"
            + " BOOL",
        "a BETWEEN :n5 AND :n4 | The BETWEEN operator requires upper bound to be greater than or"
            + " equal to lower bound; lower bound operand: AttributeValue: {N:5}, upper bound"
            + " operand: AttributeValue: {N:4}",
        "a BETWEEN :n5 AND :s | The BETWEEN operator requires same data type for lower and upper"
            + " bounds; lower bound operand: AttributeValue: {N:5}, upper bound operand:"
            + " AttributeValue: {S:x}",
        "a[99999999999] = :s | List index is not within the allowable range; index: [99999999999]"
      })
  void mistakesAreReportedInTheWordsOfAws(String expression, String problem) {
    assertThatThrownBy(() -> EXPRESSIONS.condition(expression, scope()))
        .isInstanceOf(ApiException.class)
        .hasMessage("Invalid ConditionExpression: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "((status = :x)) | The expression has redundant parentheses;",
        "status = :s AND nope(a) | Invalid function name; function: nope",
        "a = :x AND status = :s | Attribute name is a reserved keyword; reserved keyword: status",
        "begins_with(a, :n5) AND b = :x | Incorrect operand type for operator or function; operator"
            + " or function: begins_with, operand type: N"
      })
  void theGravestMistakeIsReported(String expression, String problem) {
    assertThatThrownBy(() -> EXPRESSIONS.condition(expression, scope()))
        .hasMessage("Invalid ConditionExpression: " + problem);
  }

  @Test
  void aFilterNamesItsOwnParameter() {
    assertThatThrownBy(() -> EXPRESSIONS.filter("status = :s", scope()))
        .hasMessage(
            "Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword:"
                + " status");
  }

  @Test
  void thereAre573ReservedWords() {
    assertThat(ReservedWords.ALL).hasSize(573);
  }
}
