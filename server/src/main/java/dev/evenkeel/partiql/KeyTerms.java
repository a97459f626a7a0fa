package dev.evenkeel.partiql;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Function;
import dev.evenkeel.expression.Operand;
import dev.evenkeel.expression.Path;
import dev.evenkeel.expression.SortRange;
import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What single terms of a condition say of one key attribute.
final class KeyTerms {
  private KeyTerms() {}

  /// The terms that all must hold.
  static List<Condition> all(@Nullable Condition condition) {
    return switch (condition) {
      case null -> List.of();
      case Condition.And(List<Condition> terms) -> terms;
      default -> List.of(condition);
    };
  }

  /// The condition that all of them hold; null where there is none.
  static @Nullable Condition and(List<Condition> terms) {
    return switch (terms.size()) {
      case 0 -> null;
      case 1 -> terms.getFirst();
      default -> new Condition.And(terms);
    };
  }

  /// The value that the attribute must have by this term, or null.
  static @Nullable AttributeValue equality(Condition term, String attribute) {
    @Nullable SortRange range = range(term, attribute);
    return range != null && range.operator() == SortRange.Operator.EQ ? range.operand() : null;
  }

  /// The ranges of which the attribute must be in one by this term, or null.
  static @Nullable List<SortRange> ranges(Condition term, String attribute) {
    if (term instanceof Condition.In(Operand value, List<Operand> candidates)
        && isAttribute(value, attribute)) {
      List<SortRange> ranges = new ArrayList<>(candidates.size());
      for (Operand candidate : candidates) {
        if (!(candidate instanceof Operand.Literal(AttributeValue literal))) {
          return null;
        }
        ranges.add(new SortRange(SortRange.Operator.EQ, literal, null));
      }
      return ranges;
    }
    @Nullable SortRange range = range(term, attribute);
    return range == null ? null : List.of(range);
  }

  /// Whether the term excludes values of the attribute, instead of naming some.
  static boolean excludes(Condition term, String attribute) {
    return switch (term) {
      case Condition.Not(Condition inner) -> ranges(inner, attribute) != null;
      case Condition.Comparison(Condition.Comparator comparator, Operand left, Operand right) ->
          comparator == Condition.Comparator.NE
              && (isAttribute(left, attribute) || isAttribute(right, attribute));
      default -> false;
    };
  }

  private static @Nullable SortRange range(Condition term, String attribute) {
    return switch (term) {
      case Condition.Comparison(
              Condition.Comparator comparator,
              Operand left,
              Operand.Literal(AttributeValue value)) ->
          isAttribute(left, attribute) ? range(comparator, value) : null;
      case Condition.Comparison(
              Condition.Comparator comparator,
              Operand.Literal(AttributeValue value),
              Operand right) ->
          isAttribute(right, attribute) ? range(comparator.mirrored(), value) : null;
      case Condition.Between(
              Operand value,
              Operand.Literal(AttributeValue low),
              Operand.Literal(AttributeValue high)) ->
          isAttribute(value, attribute)
              ? new SortRange(SortRange.Operator.BETWEEN, low, high)
              : null;
      case Condition.Predicate(Operand.Call(Function function, List<Operand> arguments)) ->
          function == Function.BEGINS_WITH
                  && isAttribute(arguments.getFirst(), attribute)
                  && arguments.getLast() instanceof Operand.Literal(AttributeValue prefix)
              ? new SortRange(SortRange.Operator.BEGINS_WITH, prefix, null)
              : null;
      default -> null;
    };
  }

  private static @Nullable SortRange range(Condition.Comparator comparator, AttributeValue value) {
    return switch (comparator) {
      case EQ -> new SortRange(SortRange.Operator.EQ, value, null);
      case LT -> new SortRange(SortRange.Operator.LT, value, null);
      case LE -> new SortRange(SortRange.Operator.LE, value, null);
      case GT -> new SortRange(SortRange.Operator.GT, value, null);
      case GE -> new SortRange(SortRange.Operator.GE, value, null);
      case NE -> null;
    };
  }

  private static boolean isAttribute(Operand operand, String attribute) {
    return operand instanceof Path path && !path.isNested() && path.head().equals(attribute);
  }
}
