package dev.evenkeel.expression;

/// One action of an update.
public sealed interface UpdateAction {
  Path path();

  /// Gives the path a value.
  record Set(Path path, Operand value) implements UpdateAction {}

  record Remove(Path path) implements UpdateAction {}

  /// Adds a number to a number, or elements to a set.
  record Add(Path path, Operand value) implements UpdateAction {}

  /// Takes elements out of a set.
  record Delete(Path path, Operand value) implements UpdateAction {}
}
