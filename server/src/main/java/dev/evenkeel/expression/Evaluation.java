package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evaluates bound conditions against one item. An operand without a value makes every comparison
/// false except `<>`.
final class Evaluation {
  private Evaluation() {}

  static boolean test(Condition condition, @Nullable BinaryItem item) {
    return switch (condition) {
      case Condition.And(List<Condition> terms) -> all(terms, item);
      case Condition.Or(List<Condition> terms) -> any(terms, item);
      case Condition.Not(Condition term) -> !test(term, item);
      case Condition.Comparison(Condition.Comparator comparator, Operand left, Operand right) ->
          compare(comparator, value(left, item), value(right, item));
      case Condition.Between(Operand value, Operand low, Operand high) ->
          between(value(value, item), value(low, item), value(high, item));
      case Condition.In(Operand value, List<Operand> candidates) -> in(value, candidates, item);
      case Condition.Predicate(Operand.Call call) -> Functions.test(call, item);
    };
  }

  /// The operand's value in the item, or null.
  static @Nullable AttributeValue value(Operand operand, @Nullable BinaryItem item) {
    return switch (operand) {
      case Path path -> path.read(item);
      case Operand.Literal(AttributeValue value) -> value;
      case Operand.Placeholder placeholder ->
          throw new IllegalStateException("operand not bound: " + placeholder);
      case Operand.Call call -> Functions.value(call, item);
    };
  }

  private static boolean all(List<Condition> terms, @Nullable BinaryItem item) {
    for (Condition term : terms) {
      if (!test(term, item)) {
        return false;
      }
    }
    return true;
  }

  private static boolean any(List<Condition> terms, @Nullable BinaryItem item) {
    for (Condition term : terms) {
      if (test(term, item)) {
        return true;
      }
    }
    return false;
  }

  private static boolean compare(
      Condition.Comparator comparator,
      @Nullable AttributeValue left,
      @Nullable AttributeValue right) {
    if (!comparator.orders()) {
      boolean equal = left != null && left.equals(right);
      return equal == (comparator == Condition.Comparator.EQ);
    }
    if (left == null || right == null || !Ordering.between(left, right)) {
      return false;
    }
    int order = Ordering.compare(left, right);
    return switch (comparator) {
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case EQ, NE -> throw new IllegalStateException("handled above");
    };
  }

  private static boolean between(
      @Nullable AttributeValue value, @Nullable AttributeValue low, @Nullable AttributeValue high) {
    return compare(Condition.Comparator.GE, value, low)
        && compare(Condition.Comparator.LE, value, high);
  }

  private static boolean in(Operand operand, List<Operand> candidates, @Nullable BinaryItem item) {
    @Nullable AttributeValue value = value(operand, item);
    if (value == null) {
      return false;
    }
    for (Operand candidate : candidates) {
      if (value.equals(value(candidate, item))) {
        return true;
      }
    }
    return false;
  }
}
