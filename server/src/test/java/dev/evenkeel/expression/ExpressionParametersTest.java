package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionParametersTest {
  private static final List<ExpressionKind> UPDATE =
      List.of(ExpressionKind.UPDATE, ExpressionKind.CONDITION);
  private static final List<ExpressionKind> QUERY =
      List.of(ExpressionKind.PROJECTION, ExpressionKind.FILTER, ExpressionKind.KEY_CONDITION);

  @Test
  void expressionsAreNotMixedWithLegacyParameters() {
    assertThatThrownBy(() ->
            new ExpressionParameters(
                    UPDATE,
                    List.of(ExpressionKind.CONDITION, ExpressionKind.UPDATE),
                    List.of("AttributeUpdates", "Expected"),
                    false,
                    false)
                .check())
        .hasMessage(
            "Can not use both expression and non-expression parameters in the same request:"
                + " Non-expression parameters: {AttributeUpdates, Expected} Expression parameters:"
                + " {UpdateExpression, ConditionExpression}");
  }

  @Test
  void keyConditionsGoWithOtherExpressions() {
    assertThatCode(() ->
            new ExpressionParameters(
                    QUERY, List.of(ExpressionKind.FILTER), List.of("KeyConditions"), true, true)
                .check())
        .doesNotThrowAnyException();
    assertThatThrownBy(() ->
            new ExpressionParameters(
                    QUERY,
                    List.of(ExpressionKind.KEY_CONDITION),
                    List.of("KeyConditions"),
                    false,
                    false)
                .check())
        .hasMessageEndingWith("{KeyConditions} Expression parameters: {KeyConditionExpression}");
  }

  @Test
  void namesNeedAnExpression() {
    assertThatThrownBy(
            () -> new ExpressionParameters(UPDATE, List.of(), List.of(), true, true).check())
        .hasMessage("ExpressionAttributeNames can only be specified when using expressions");
  }

  @Test
  void valuesNeedAnExpressionThatTakesThem() {
    assertThatThrownBy(() ->
            new ExpressionParameters(
                    List.of(ExpressionKind.CONDITION), List.of(), List.of(), false, true)
                .check())
        .hasMessage(
            "ExpressionAttributeValues can only be specified when using expressions:"
                + " ConditionExpression is null");
    assertThatThrownBy(() ->
            new ExpressionParameters(
                    QUERY, List.of(ExpressionKind.PROJECTION), List.of(), true, true)
                .check())
        .hasMessage(
            "ExpressionAttributeValues can only be specified when using expressions:"
                + " FilterExpression and KeyConditionExpression are null");
  }
}
