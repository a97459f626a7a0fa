package dev.evenkeel.expression;

import org.jspecify.annotations.Nullable;

/// The functions of the expressions, and the arithmetic operators of SET.
public enum Function {
  ATTRIBUTE_EXISTS("attribute_exists", 1),
  ATTRIBUTE_NOT_EXISTS("attribute_not_exists", 1),
  ATTRIBUTE_TYPE("attribute_type", 2),
  BEGINS_WITH("begins_with", 2),
  CONTAINS("contains", 2),
  SIZE("size", 1),
  IF_NOT_EXISTS("if_not_exists", 2),
  LIST_APPEND("list_append", 2),
  PLUS("+", 2),
  MINUS("-", 2);

  private final String text;
  private final int operands;

  Function(String text, int operands) {
    this.text = text;
    this.operands = operands;
  }

  /// As it is written; names are case-sensitive.
  public String text() {
    return text;
  }

  /// How many operands it takes.
  int operands() {
    return operands;
  }

  /// The function of that name in that kind of expression, or null.
  static @Nullable Function named(ExpressionKind kind, String name) {
    for (Function function : values()) {
      if (function.text.equals(name)) {
        return function.belongsTo(kind) ? function : null;
      }
    }
    return null;
  }

  /// Whether its result is true or false.
  public boolean isPredicate() {
    return switch (this) {
      case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, ATTRIBUTE_TYPE, BEGINS_WITH, CONTAINS -> true;
      case SIZE, IF_NOT_EXISTS, LIST_APPEND, PLUS, MINUS -> false;
    };
  }

  private boolean belongsTo(ExpressionKind kind) {
    return switch (this) {
      case IF_NOT_EXISTS, LIST_APPEND -> kind == ExpressionKind.UPDATE;
      case PLUS, MINUS -> false;
      case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, ATTRIBUTE_TYPE, BEGINS_WITH, CONTAINS, SIZE ->
          kind != ExpressionKind.UPDATE && kind != ExpressionKind.PROJECTION;
    };
  }
}
