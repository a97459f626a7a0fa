package dev.evenkeel.expression;

/// What stands between operators: until the operator after it is known, a term in parentheses may
/// turn out to be either.
public sealed interface Term permits Condition, Operand {}
