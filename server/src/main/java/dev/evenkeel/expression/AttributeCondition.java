package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;

/// A condition on one top-level attribute: an entry of KeyConditions, QueryFilter or ScanFilter.
///
/// @param operator ComparisonOperator
/// @param values AttributeValueList; empty where the request has none
public record AttributeCondition(ComparisonOperator operator, List<AttributeValue> values) {
  public AttributeCondition {
    values = List.copyOf(values);
  }

  /// @throws ApiException a ValidationException, when the values do not suit the operator
  Condition on(String attribute) {
    operator.check(values);
    Path path = Path.of(attribute);
    return switch (operator) {
      case EQ -> comparison(path, Condition.Comparator.EQ);
      case NE -> comparison(path, Condition.Comparator.NE);
      case LE -> comparison(path, Condition.Comparator.LE);
      case LT -> comparison(path, Condition.Comparator.LT);
      case GE -> comparison(path, Condition.Comparator.GE);
      case GT -> comparison(path, Condition.Comparator.GT);
      case IN -> new Condition.In(path, literals());
      case BETWEEN -> new Condition.Between(path, literal(0), literal(1));
      case NOT_NULL -> predicate(Function.ATTRIBUTE_EXISTS, path);
      case NULL -> predicate(Function.ATTRIBUTE_NOT_EXISTS, path);
      case CONTAINS -> predicate(Function.CONTAINS, path, literal(0));
      case NOT_CONTAINS -> notContains(path);
      case BEGINS_WITH -> predicate(Function.BEGINS_WITH, path, literal(0));
    };
  }

  /// The keys that it wants.
  ///
  /// @throws ApiException a ValidationException, when the values do not suit the operator, or the
  ///   operator does not make a range
  SortRange range() {
    operator.check(values);
    return switch (operator) {
      case EQ -> new SortRange(SortRange.Operator.EQ, values.getFirst(), null);
      case LE -> new SortRange(SortRange.Operator.LE, values.getFirst(), null);
      case LT -> new SortRange(SortRange.Operator.LT, values.getFirst(), null);
      case GE -> new SortRange(SortRange.Operator.GE, values.getFirst(), null);
      case GT -> new SortRange(SortRange.Operator.GT, values.getFirst(), null);
      case BETWEEN ->
          new SortRange(SortRange.Operator.BETWEEN, values.getFirst(), values.getLast());
      case BEGINS_WITH -> new SortRange(SortRange.Operator.BEGINS_WITH, values.getFirst(), null);
      case NE, IN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS ->
          throw ApiException.validation(
              "Attempted conditional constraint is not an indexable operation");
    };
  }

  private Condition comparison(Path path, Condition.Comparator comparator) {
    return new Condition.Comparison(comparator, path, literal(0));
  }

  private static Condition predicate(Function function, Operand... operands) {
    return new Condition.Predicate(new Operand.Call(function, List.of(operands)));
  }

  /// Unlike NOT contains, it fails where the attribute is absent.
  private Condition notContains(Path path) {
    return new Condition.And(
        List.of(
            predicate(Function.ATTRIBUTE_EXISTS, path),
            new Condition.Not(predicate(Function.CONTAINS, path, literal(0)))));
  }

  private Operand literal(int index) {
    return new Operand.Literal(values.get(index));
  }

  private List<Operand> literals() {
    List<Operand> literals = new ArrayList<>(values.size());
    values.forEach(value -> literals.add(new Operand.Literal(value)));
    return literals;
  }
}
