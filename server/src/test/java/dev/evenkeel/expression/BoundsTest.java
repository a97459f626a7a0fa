package dev.evenkeel.expression;

import static dev.evenkeel.expression.Samples.EXPRESSIONS;
import static dev.evenkeel.expression.Samples.ITEM;
import static dev.evenkeel.expression.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.ApiException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client can send cannot cost more than its size: everything here runs on a small stack.
class BoundsTest {
  private static final long STACK_BYTES = 512 * 1024;
  private static final String PARENTHESES = "The expression has redundant parentheses;";
  private static final String OPERATORS =
      "The expression contains too many operators; operator count: 301";
  private static final String SIZE = "Expression size has exceeded the maximum allowed size;";

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of("(".repeat(4000), "Syntax error; token: \"<EOF>\", near: \"(\""),
        Arguments.of("(".repeat(2000) + "a = :s" + ")".repeat(2000), PARENTHESES),
        Arguments.of("(".repeat(200) + "a = :s" + ")".repeat(200), PARENTHESES),
        Arguments.of("size(".repeat(680) + "a", OPERATORS),
        Arguments.of("NOT ".repeat(1000) + "a = :s", OPERATORS),
        Arguments.of("a=:s" + " OR a=:s".repeat(500), OPERATORS),
        Arguments.of("a=:s AND(".repeat(400) + "a=:s" + ")".repeat(400), OPERATORS),
        Arguments.of("a = :s" + " AND a = :s".repeat(10_000), SIZE),
        Arguments.of("é".repeat(2049), SIZE),
        Arguments.of("a = :s" + ".b".repeat(32), "Syntax error; token: \".\", near: \":s.b\""),
        Arguments.of(
            "a" + ".b".repeat(2000) + " = :s",
            "The document path has too many nesting elements; nesting levels: 2001"),
        Arguments.of(
            "a[" + "9".repeat(4000) + "] = :s",
            "List index is not within the allowable range; index: [" + "9".repeat(4000) + "]"),
        Arguments.of(
            "a IN (:s" + ", :s".repeat(100) + ")",
            "The IN operator is provided with too many operands; number of operands: 101"));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void hugeConditionsAreRefused(String expression, String problem) throws InterruptedException {
    @Nullable Throwable thrown =
        onSmallStack(() -> EXPRESSIONS.condition(expression, scope()).test(ITEM));
    assertThat(thrown)
        .isInstanceOf(ApiException.class)
        .hasMessage("Invalid ConditionExpression: " + problem);
  }

  static Stream<Arguments> updates() {
    return Stream.of(
        Arguments.of("SET a = " + "(".repeat(2000) + "b" + ")".repeat(2000), PARENTHESES),
        Arguments.of("SET a = " + "list_append(b,".repeat(280), null),
        Arguments.of("SET a = " + "list_append(".repeat(320), OPERATORS),
        Arguments.of("SET a = b" + " + :n5".repeat(400), null),
        Arguments.of("REMOVE a" + ", a".repeat(2000), SIZE),
        Arguments.of("REMOVE a" + ",a".repeat(2000), null));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void hugeUpdatesAreRefused(String expression, @Nullable String problem)
      throws InterruptedException {
    @Nullable Throwable thrown = onSmallStack(() -> EXPRESSIONS.update(expression, scope()));
    assertThat(thrown).isInstanceOf(ApiException.class);
    if (problem != null) {
      assertThat(thrown).hasMessage("Invalid UpdateExpression: " + problem);
    }
  }

  @Test
  void whatTheLimitsAllowIsAccepted() throws InterruptedException {
    assertThat(accepted("a IN (:s" + ", :s".repeat(99) + ")")).isNull();
    assertThat(accepted("a=:s" + " AND a=:s".repeat(149))).isNull();
    assertThat(accepted("a=:s AND(".repeat(149) + "a=:s" + ")".repeat(149))).isNull();
    assertThat(accepted("NOT ".repeat(299) + "a=:s")).isNull();
    assertThat(accepted("NOT(".repeat(299) + "a=:s" + ")".repeat(299))).isNull();
    assertThat(accepted("a" + ".b".repeat(31) + " <> :s")).isNull();
    assertThat(accepted(" ".repeat(4090) + "a = :s")).isNull();
  }

  @Test
  void thousandsOfPathsAreCompared() throws InterruptedException {
    StringBuilder expression = new StringBuilder("a.b0");
    for (int i = 1; expression.length() < 4080; i++) {
      expression.append(",a.b").append(i);
    }
    assertThat(
            onSmallStack(() ->
                EXPRESSIONS.projection(expression.toString(), ExpressionScope.empty()).apply(ITEM)))
        .isNull();
  }

  private static @Nullable Throwable accepted(String condition) throws InterruptedException {
    return onSmallStack(() -> EXPRESSIONS.condition(condition, scope()).test(ITEM));
  }

  /// What the task threw, or null.
  private static @Nullable Throwable onSmallStack(Runnable task) throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(null, task, "small stack", STACK_BYTES);
    thread.setUncaughtExceptionHandler((_, error) -> thrown.set(error));
    thread.start();
    thread.join();
    return thrown.get();
  }
}
