package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import org.jspecify.annotations.Nullable;

/// The sort keys that a query wants.
///
/// @param operator how they relate to the operands
/// @param operand the value; for [Operator#BETWEEN] the lower bound, inclusive
/// @param upper for [Operator#BETWEEN] the upper bound, inclusive; else null
public record SortRange(Operator operator, AttributeValue operand, @Nullable AttributeValue upper) {
  public enum Operator {
    EQ,
    LT,
    LE,
    GT,
    GE,
    BETWEEN,
    BEGINS_WITH
  }
}
