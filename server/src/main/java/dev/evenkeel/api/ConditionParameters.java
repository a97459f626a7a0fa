package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.KeyAttributes;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.TableSchema;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The parameters by which a write states its condition, as an expression or in the legacy way.
///
/// @param expected the legacy parameter `Expected`
record ConditionParameters(
    Expressions expressions,
    @Nullable String expression,
    @Nullable SequencedMap<String, Members> expected,
    @Nullable String conditionalOperator,
    @Nullable SequencedMap<String, String> names,
    @Nullable BinaryItem values) {

  /// What an update states: its condition, and its changes.
  record WithUpdate(@Nullable Condition condition, Update update) {}

  /// @return null where there is no condition
  /// @throws dev.evenkeel.model.ApiException a ValidationException
  @Nullable Condition condition() {
    new MixedParameters()
        .legacy("Expected", expected)
        .legacy("ConditionalOperator", conditionalOperator)
        .expression(ExpressionKind.CONDITION, expression)
        .check(names, values);
    ExpressionScope scope = scope();
    Condition condition = condition(scope);
    scope.checkAllUsed();
    return condition;
  }

  /// @param updateExpression the request's UpdateExpression
  /// @param attributeUpdates the legacy parameter `AttributeUpdates`
  WithUpdate withUpdate(
      @Nullable String updateExpression, @Nullable SequencedMap<String, Members> attributeUpdates) {
    new MixedParameters()
        .legacy("AttributeUpdates", attributeUpdates)
        .legacy("Expected", expected)
        .legacy("ConditionalOperator", conditionalOperator)
        .expression(ExpressionKind.UPDATE, updateExpression)
        .expression(ExpressionKind.CONDITION, expression)
        .check(names, values);
    ExpressionScope scope = scope();
    Update update =
        updateExpression == null
            ? LegacyMembers.update(attributeUpdates)
            : expressions.update(updateExpression, scope);
    Condition condition = condition(scope);
    scope.checkAllUsed();
    return new WithUpdate(condition, update);
  }

  /// The condition as the replica judges it, once the keys of the table are known.
  ///
  /// @throws dev.evenkeel.model.ApiException a ValidationException, when it looks below a key
  static @Nullable Condition on(@Nullable Condition condition, TableSchema table) {
    if (condition != null) {
      KeyAttributes.requireScalars(condition, table.keys(), table.indexKeys());
    }
    return condition;
  }

  private ExpressionScope scope() {
    return ExpressionScope.ofRequest(names, values);
  }

  private @Nullable Condition condition(ExpressionScope scope) {
    return expression == null
        ? LegacyMembers.expected(expected, conditionalOperator)
        : expressions.condition(expression, scope);
  }
}
