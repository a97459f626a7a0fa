package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
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
record ConditionParameters(Expressions expressions, Members in, Keys keys) {

  /// The members that hold them.
  ///
  /// @param expected the legacy parameter `Expected`; null where the write has none
  /// @param operator the legacy parameter `ConditionalOperator`; null where the write has none
  record Keys(
      Member<String> expression,
      @Nullable Member<SequencedMap<String, Members>> expected,
      @Nullable Member<String> operator,
      Member<SequencedMap<String, String>> names,
      Member<BinaryItem> values) {}

  /// What an update states: its condition, and its changes.
  record WithUpdate(@Nullable Condition condition, Update update) {}

  /// To be called before anything else is judged.
  ///
  /// @throws dev.evenkeel.model.ApiException a ValidationException, when they do not go together
  void checkTogether() {
    together(new MixedParameters())
        .expression(ExpressionKind.CONDITION, in, keys.expression)
        .check();
  }

  /// The same of an update.
  ///
  /// @param updateExpression the member for an UpdateExpression
  /// @param attributeUpdates the legacy parameter `AttributeUpdates`; null where it has none
  void checkTogether(
      Member<String> updateExpression,
      @Nullable Member<SequencedMap<String, Members>> attributeUpdates) {
    together(new MixedParameters().legacy(in, attributeUpdates))
        .expression(ExpressionKind.UPDATE, in, updateExpression)
        .expression(ExpressionKind.CONDITION, in, keys.expression)
        .check();
  }

  private MixedParameters together(MixedParameters mixed) {
    return mixed
        .legacy(in, keys.expected)
        .legacy(in, keys.operator)
        .names(in, keys.names)
        .values(in, keys.values);
  }

  /// @return null where there is no condition
  /// @throws dev.evenkeel.model.ApiException a ValidationException
  @Nullable Condition condition() {
    @Nullable Condition legacy = legacy();
    ExpressionScope scope = scope();
    @Nullable Condition condition = condition(legacy, scope);
    scope.checkAllUsed();
    return condition;
  }

  /// @param updateExpression the member for an UpdateExpression
  /// @param attributeUpdates the legacy parameter `AttributeUpdates`; null where it has none
  WithUpdate withUpdate(
      Member<String> updateExpression,
      @Nullable Member<SequencedMap<String, Members>> attributeUpdates) {
    Update legacyUpdate =
        LegacyMembers.update(attributeUpdates == null ? null : in.get(attributeUpdates));
    @Nullable Condition legacy = legacy();
    ExpressionScope scope = scope();
    @Nullable String text = in.get(updateExpression);
    Update update = text == null ? legacyUpdate : expressions.update(text, scope);
    @Nullable Condition condition = condition(legacy, scope);
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

  private @Nullable Condition legacy() {
    return LegacyMembers.expected(
        keys.expected == null ? null : in.get(keys.expected),
        keys.operator == null ? null : in.get(keys.operator));
  }

  private ExpressionScope scope() {
    return Scopes.of(in, keys.names, keys.values);
  }

  private @Nullable Condition condition(@Nullable Condition legacy, ExpressionScope scope) {
    @Nullable String text = in.get(keys.expression);
    return text == null ? legacy : expressions.condition(text, scope);
  }
}
