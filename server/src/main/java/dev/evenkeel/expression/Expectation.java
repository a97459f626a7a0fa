package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of Expected, with the members as the request gave them; null where it did not.
public record Expectation(
    @Nullable AttributeValue value,
    @Nullable Boolean exists,
    @Nullable ComparisonOperator operator,
    @Nullable List<AttributeValue> values) {
  private static final String INVALID = "One or more parameter values were invalid: ";

  /// @throws ApiException a ValidationException, when the members do not go together
  AttributeCondition on(String attribute) {
    if (value != null && values != null) {
      throw invalid("Value and AttributeValueList cannot be used together", attribute);
    }
    if (operator != null) {
      return compared(operator, attribute);
    }
    if (values != null) {
      throw invalid("AttributeValueList can only be used with a ComparisonOperator", attribute);
    }
    return existing(attribute);
  }

  private AttributeCondition compared(ComparisonOperator by, String attribute) {
    if (exists != null) {
      throw invalid("Exists and ComparisonOperator cannot be used together", attribute);
    }
    if (values != null) {
      return new AttributeCondition(by, values);
    }
    if (value != null) {
      return new AttributeCondition(by, List.of(value));
    }
    if (by != ComparisonOperator.NULL && by != ComparisonOperator.NOT_NULL) {
      throw invalid(
          "Value or AttributeValueList must be used with ComparisonOperator: " + by, attribute);
    }
    return new AttributeCondition(by, List.of());
  }

  private AttributeCondition existing(String attribute) {
    boolean expectsValue = exists == null || exists;
    if (!expectsValue) {
      if (value != null) {
        throw invalid("Value cannot be used when Exists is false", attribute);
      }
      return new AttributeCondition(ComparisonOperator.NULL, List.of());
    }
    if (value == null) {
      throw invalid("Value must be provided when Exists is " + exists, attribute);
    }
    return new AttributeCondition(ComparisonOperator.EQ, List.of(value));
  }

  private static ApiException invalid(String problem, String attribute) {
    return ApiException.validation(INVALID + problem + " for Attribute: " + attribute);
  }
}
