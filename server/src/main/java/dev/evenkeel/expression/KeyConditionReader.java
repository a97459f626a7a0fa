package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads a bound condition as one range for each of its attributes, which is all that a key
/// condition may be.
final class KeyConditionReader {
  private static final String INVALID = "Invalid condition in KeyConditionExpression: ";

  private final SequencedMap<String, SortRange> ranges = new LinkedHashMap<>();

  private KeyConditionReader() {}

  /// The range of each attribute, in the order of the expression.
  static SequencedMap<String, SortRange> read(Condition condition) {
    KeyConditionReader reader = new KeyConditionReader();
    reader.condition(condition);
    return reader.ranges;
  }

  private void condition(Condition condition) {
    switch (condition) {
      case Condition.And(List<Condition> terms) -> terms.forEach(this::condition);
      case Condition.Or _ -> throw invalidOperator("OR");
      case Condition.Not _ -> throw invalidOperator("NOT");
      case Condition.In _ -> throw invalidOperator("IN");
      case Condition.Comparison comparison -> comparison(comparison);
      case Condition.Between between -> between(between);
      case Condition.Predicate(Operand.Call call) -> predicate(call);
    }
  }

  private void comparison(Condition.Comparison comparison) {
    if (comparison.comparator() == Condition.Comparator.NE) {
      throw invalidOperator("<>");
    }
    boolean attributeFirst = comparison.left() instanceof Path;
    Condition.Comparator comparator =
        attributeFirst ? comparison.comparator() : comparison.comparator().mirrored();
    String name = attribute(comparison.left(), comparison.right());
    Operand value = attributeFirst ? comparison.right() : comparison.left();
    add(name, new SortRange(operator(comparator), literal(value), null));
  }

  private void between(Condition.Between between) {
    needFirst("BETWEEN", between.value());
    String name = attribute(between.value(), between.low(), between.high());
    add(
        name,
        new SortRange(SortRange.Operator.BETWEEN, literal(between.low()), literal(between.high())));
  }

  private void predicate(Operand.Call call) {
    if (call.function() != Function.BEGINS_WITH) {
      throw invalidOperator(call.function().text());
    }
    needFirst(call.function().text(), call.argument(0));
    String name = attribute(call.argument(0), call.argument(1));
    add(name, new SortRange(SortRange.Operator.BEGINS_WITH, literal(call.argument(1)), null));
  }

  /// The one attribute among the operands.
  private static String attribute(Operand... operands) {
    @Nullable Path found = null;
    for (Operand operand : operands) {
      if (operand instanceof Operand.Call) {
        throw ApiException.validation("KeyConditionExpressions cannot contain nested operations");
      }
      if (operand instanceof Path path) {
        if (found != null) {
          throw ApiException.validation(INVALID + "Multiple attribute names used in one condition");
        }
        if (path.isNested()) {
          throw ExpressionKind.KEY_CONDITION.invalid(
              "KeyConditionExpressions cannot have conditions on nested attributes");
        }
        found = path;
      }
    }
    if (found == null) {
      throw ApiException.validation(INVALID + "No key attribute specified");
    }
    return found.head();
  }

  private static void needFirst(String operator, Operand operand) {
    if (operand instanceof Operand.Literal) {
      throw ApiException.validation(
          INVALID + operator + " operator must have the key attribute as its first operand");
    }
  }

  private void add(String name, SortRange range) {
    if (ranges.putIfAbsent(name, range) != null) {
      throw ApiException.validation(
          "KeyConditionExpressions must only contain one condition per key");
    }
  }

  private static AttributeValue literal(Operand operand) {
    if (operand instanceof Operand.Literal(AttributeValue value)) {
      return value;
    }
    throw new IllegalStateException("checked before: " + operand);
  }

  private static SortRange.Operator operator(Condition.Comparator comparator) {
    return switch (comparator) {
      case EQ -> SortRange.Operator.EQ;
      case LT -> SortRange.Operator.LT;
      case LE -> SortRange.Operator.LE;
      case GT -> SortRange.Operator.GT;
      case GE -> SortRange.Operator.GE;
      case NE -> throw new IllegalStateException("refused before");
    };
  }

  private static ApiException invalidOperator(String operator) {
    return ApiException.validation("Invalid operator used in KeyConditionExpression: " + operator);
  }
}
