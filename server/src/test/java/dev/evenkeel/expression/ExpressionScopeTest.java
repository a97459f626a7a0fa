package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.s;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.BinaryItem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionScopeTest {
  @Test
  void severalExpressionsShareNamesAndValues() {
    ExpressionScope scope =
        ExpressionScope.of(Map.of("#a", "a", "#b", "b"), Map.of(":x", s("x"), ":y", s("y")));
    EXPRESSIONS.condition("#a = :x", scope);
    assertThatThrownBy(scope::checkAllUsed)
        .hasMessage("Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}");
    EXPRESSIONS.projection("#b", scope);
    assertThatThrownBy(scope::checkAllUsed)
        .hasMessage(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:y}");
    EXPRESSIONS.update("SET c = :y", scope);
    assertThatCode(scope::checkAllUsed).doesNotThrowAnyException();
  }

  @Test
  void mapsAreNotEmpty() {
    assertThatThrownBy(() -> ExpressionScope.of(Map.of(), null))
        .hasMessage("ExpressionAttributeNames must not be empty");
    assertThatThrownBy(() -> ExpressionScope.of(null, Map.of()))
        .hasMessage("ExpressionAttributeValues must not be empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "#", "#a.b", "#a-b", ":x"})
  void keysOfNamesBeginWithANumberSign(String key) {
    assertThatThrownBy(() -> ExpressionScope.of(Map.of(key, "a"), null))
        .hasMessage(
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", ":", ":a.b", "#x"})
  void keysOfValuesBeginWithAColon(String key) {
    assertThatThrownBy(() -> ExpressionScope.of(null, Map.of(key, s("x"))))
        .hasMessage(
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"");
  }

  @Test
  void keysHave255BytesAtMost() {
    String longest = "#" + "a".repeat(254);
    assertThatCode(() -> ExpressionScope.of(Map.of(longest, "a"), null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ExpressionScope.of(Map.of(longest + "a", "a"), null))
        .hasMessageStartingWith("ExpressionAttributeNames contains invalid key: The key exceeds");
    assertThatThrownBy(() -> ExpressionScope.of(null, Map.of(":" + "a".repeat(255), s("x"))))
        .hasMessageStartingWith("ExpressionAttributeValues contains invalid key: The key exceeds");
  }

  @Test
  void namesAndValuesTogetherHave2MbAtMost() {
    Map<String, String> names = Map.of("#n", "é");
    int free = (2 << 20) - "#n".length() - 2 - ":v".length();
    BinaryItem fits = BinaryItem.of(Map.of(":v", s("x".repeat(free))));
    assertThatCode(() -> ExpressionScope.ofRequest(names, fits)).doesNotThrowAnyException();
    BinaryItem over = BinaryItem.of(Map.of(":v", s("x".repeat(free + 1))));
    assertThatThrownBy(() -> ExpressionScope.ofRequest(names, over))
        .hasMessageContaining("exceed the maximum length of all substitution variables");
  }
}
