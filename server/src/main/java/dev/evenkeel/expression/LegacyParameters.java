package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters that expressions replaced, compiled to what expressions compile to.
///
/// Every method throws a ValidationException, with AWS's text, for a mistake in the parameter.
///
/// Source: [Legacy conditional
/// parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html)
public final class LegacyParameters {
  /// How several conditions are joined.
  public enum ConditionalOperator {
    AND,
    OR
  }

  private LegacyParameters() {}

  /// Expected, with its ConditionalOperator or null.
  public static Condition expected(
      Map<String, Expectation> expected, @Nullable ConditionalOperator operator) {
    SequencedMap<String, AttributeCondition> conditions = new LinkedHashMap<>();
    expected.forEach((name, expectation) -> conditions.put(name, expectation.on(name)));
    return filter(conditions, operator);
  }

  /// QueryFilter or ScanFilter, with its ConditionalOperator or null.
  public static Condition filter(
      Map<String, AttributeCondition> conditions, @Nullable ConditionalOperator operator) {
    List<Condition> terms = new ArrayList<>(conditions.size());
    conditions.forEach((name, condition) -> terms.add(condition.on(name)));
    checkOperator(operator, terms.size());
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    return operator == ConditionalOperator.OR ? new Condition.Or(terms) : new Condition.And(terms);
  }

  /// KeyConditions.
  public static KeyExpression keyConditions(Map<String, AttributeCondition> conditions) {
    SequencedMap<String, SortRange> ranges = new LinkedHashMap<>();
    conditions.values().forEach(condition -> condition.operator().check(condition.values()));
    if (conditions.isEmpty() || conditions.size() > 2) {
      throw ApiException.validation("Conditions can be of length 1 or 2 only");
    }
    conditions.forEach((name, condition) -> ranges.put(name, condition.range()));
    return new KeyExpression(ranges);
  }

  /// AttributeUpdates.
  public static Update attributeUpdates(Map<String, AttributeUpdate> updates) {
    List<UpdateAction> actions = new ArrayList<>(updates.size());
    updates.forEach((name, update) -> actions.add(update.on(name)));
    return Update.of(actions, Update.Wording.LEGACY);
  }

  /// AttributesToGet.
  public static Projection attributesToGet(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw ApiException.validation(
            "One or more parameter values were invalid: Duplicate value in attribute name: "
                + name);
      }
    }
    return Projection.ofAttributes(names);
  }

  /// ConditionalOperator joins something. To be called also for a request that has none of the
  /// parameters that it joins.
  ///
  /// @param conditions how many it joins
  public static void checkOperator(@Nullable ConditionalOperator operator, int conditions) {
    if (operator == null || conditions > 1) {
      return;
    }
    throw ApiException.validation(
        conditions == 0
            ? "ConditionalOperator cannot be used without Filter or Expected"
            : "ConditionalOperator can only be used when Filter or Expected has two or more"
                + " elements");
  }
}
