package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.ITEM;
import static dev.evenkeel.expression.Samples.item;
import static dev.evenkeel.expression.Samples.l;
import static dev.evenkeel.expression.Samples.m;
import static dev.evenkeel.expression.Samples.n;
import static dev.evenkeel.expression.Samples.s;
import static dev.evenkeel.expression.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.BinaryItem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionExpressionTest {
  static Stream<Arguments> parts() {
    return Stream.of(
        Arguments.of("a", item(Map.entry("a", s("x")))),
        Arguments.of("num,#a", item(Map.entry("a", s("x")), Map.entry("num", n("5")))),
        Arguments.of("absent", BinaryItem.EMPTY),
        Arguments.of("#dotted", item(Map.entry("a.b", n("7")))),
        Arguments.of("doc.list_[1]", item(Map.entry("doc", m("list_", l(n("5")))))),
        Arguments.of(
            "doc.list_[2].deep, doc.list_[0]",
            item(Map.entry("doc", m("list_", l(s("x"), m("deep", s("d"))))))),
        Arguments.of("doc.list_[7]", BinaryItem.EMPTY),
        Arguments.of("doc.list_.deep", BinaryItem.EMPTY),
        Arguments.of("num.x", BinaryItem.EMPTY));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void keepsWhatThePathsLeadTo(String expression, BinaryItem expected) {
    assertThat(EXPRESSIONS.projection(expression, scope()).apply(ITEM)).isEqualTo(expected);
  }

  @Test
  void wholeAttributesAreProjectedByName() {
    Projection projection = Projection.ofAttributes(List.of("num", "size"));
    assertThat(projection.apply(ITEM)).isEqualTo(item(Map.entry("num", n("5"))));
    assertThat(projection.topLevelNames()).containsExactly("num", "size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The expression can not be empty;",
        "!! | Syntax error; token: \"!\", near: \"!!\"",
        "a, | Syntax error; token: \"<EOF>\", near: \",\"",
        "a b | Syntax error; token: \"b\", near: \"a b\"",
        "a. | Syntax error; token: \"<EOF>\", near: \".\"",
        "a[:s] | Syntax error; token: \":s\", near: \"[:s]\"",
        "(a) | Syntax error; token: \"(\", near: \"(a\"",
        "#x, name | Attribute name is a reserved keyword; reserved keyword: name",
        "#x | An expression attribute name used in the document path is not defined; attribute"
            + " name: #x",
        "a, #a | Two document paths overlap with each other; must remove or rewrite one of these"
            + " paths; path one: [a], path two: [a]",
        "a.b, a[0] | Two document paths conflict with each other; must remove or rewrite one of"
            + " these paths; path one: [a, b], path two: [a, [0]]"
      })
  void mistakesAreReportedInTheWordsOfAws(String expression, String problem) {
    assertThatThrownBy(() -> EXPRESSIONS.projection(expression, scope()))
        .hasMessage("Invalid ProjectionExpression: " + problem);
  }
}
