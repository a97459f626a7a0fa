package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.expression.AttributeCondition;
import dev.evenkeel.expression.AttributeUpdate;
import dev.evenkeel.expression.ComparisonOperator;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Expectation;
import dev.evenkeel.expression.KeyExpression;
import dev.evenkeel.expression.LegacyParameters;
import dev.evenkeel.expression.LegacyParameters.ConditionalOperator;
import dev.evenkeel.expression.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The legacy parameters, from the members of a request to what they mean. Each is null where the
/// request does not have it.
final class LegacyMembers {
  private LegacyMembers() {}

  static @Nullable Condition expected(
      @Nullable SequencedMap<String, Members> expected, @Nullable String operator) {
    if (expected == null) {
      LegacyParameters.checkOperator(operator(operator), 0);
      return null;
    }
    Map<String, Expectation> expectations = each(expected, LegacyMembers::expectation);
    return LegacyParameters.expected(expectations, operator(operator));
  }

  static @Nullable Condition filter(
      @Nullable SequencedMap<String, Members> filter, @Nullable String operator) {
    if (filter == null) {
      LegacyParameters.checkOperator(operator(operator), 0);
      return null;
    }
    return LegacyParameters.filter(each(filter, LegacyMembers::condition), operator(operator));
  }

  static @Nullable KeyExpression keyConditions(@Nullable SequencedMap<String, Members> keys) {
    return keys == null
        ? null
        : LegacyParameters.keyConditions(each(keys, LegacyMembers::condition));
  }

  static Update update(@Nullable SequencedMap<String, Members> updates) {
    return updates == null
        ? Update.none()
        : LegacyParameters.attributeUpdates(each(updates, LegacyMembers::attributeUpdate));
  }

  private static Expectation expectation(Members in) {
    String operator = in.get(ItemShapes.Expected.COMPARISON_OPERATOR);
    return new Expectation(
        in.get(ItemShapes.Expected.VALUE),
        in.get(ItemShapes.Expected.EXISTS),
        operator == null ? null : ComparisonOperator.valueOf(operator),
        in.get(ItemShapes.Expected.ATTRIBUTE_VALUE_LIST));
  }

  private static AttributeCondition condition(Members in) {
    return new AttributeCondition(
        ComparisonOperator.valueOf(in.need(ItemShapes.Filter.COMPARISON_OPERATOR)),
        in.get(ItemShapes.Filter.ATTRIBUTE_VALUE_LIST, List.of()));
  }

  private static AttributeUpdate attributeUpdate(Members in) {
    String action = in.get(ItemShapes.AttributeUpdate.ACTION, "PUT");
    return new AttributeUpdate(
        AttributeUpdate.Action.valueOf(action), in.get(ItemShapes.AttributeUpdate.VALUE));
  }

  private static @Nullable ConditionalOperator operator(@Nullable String operator) {
    return operator == null ? null : ConditionalOperator.valueOf(operator);
  }

  private static <T> Map<String, T> each(
      SequencedMap<String, Members> members, Function<Members, T> convert) {
    Map<String, T> converted = new LinkedHashMap<>();
    members.forEach((name, member) -> converted.put(name, convert.apply(member)));
    return converted;
  }
}
