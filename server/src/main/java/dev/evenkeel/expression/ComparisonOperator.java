package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.List;

/// The comparison operators of the legacy parameters.
///
/// Source: [Conditional
/// parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.Conditions.html)
public enum ComparisonOperator {
  EQ(1, 1),
  NE(1, 1),
  IN(1, Integer.MAX_VALUE),
  LE(1, 1),
  LT(1, 1),
  GE(1, 1),
  GT(1, 1),
  BETWEEN(2, 2),
  NOT_NULL(0, 0),
  NULL(0, 0),
  CONTAINS(1, 1),
  NOT_CONTAINS(1, 1),
  BEGINS_WITH(1, 1);

  private static final String INVALID = "One or more parameter values were invalid: ";

  private final int argumentsMin;
  private final int argumentsMax;

  ComparisonOperator(int argumentsMin, int argumentsMax) {
    this.argumentsMin = argumentsMin;
    this.argumentsMax = argumentsMax;
  }

  /// Checks number and types of the values that it is given.
  void check(List<AttributeValue> values) {
    if (values.size() < argumentsMin || values.size() > argumentsMax) {
      throw ApiException.validation(
          INVALID + "Invalid number of argument(s) for the " + this + " ComparisonOperator");
    }
    for (AttributeValue value : values) {
      if (value.type() != values.getFirst().type()) {
        throw ApiException.validation(
            INVALID + "AttributeValues inside AttributeValueList must be of same type");
      }
      if (!takes(value.type())) {
        throw ApiException.validation(
            INVALID
                + "ComparisonOperator "
                + this
                + " is not valid for "
                + value.type()
                + " AttributeValue type");
      }
    }
    if (this == BETWEEN && Ordering.compare(values.getFirst(), values.getLast()) > 0) {
      throw ApiException.validation(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  private boolean takes(AttributeValue.Type type) {
    return switch (this) {
      case EQ, NE, NULL, NOT_NULL -> true;
      case LE, LT, GE, GT, BETWEEN, IN, CONTAINS, NOT_CONTAINS -> Ordering.has(type);
      case BEGINS_WITH -> type == AttributeValue.Type.S || type == AttributeValue.Type.B;
    };
  }
}
