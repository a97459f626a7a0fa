package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;

/// The five kinds of expression, by the request's parameter that carries them, and what is compiled
/// to the same trees from a PartiQL statement.
public enum ExpressionKind {
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  UPDATE("UpdateExpression"),
  PROJECTION("ProjectionExpression"),
  STATEMENT("Statement");

  private final String parameter;

  ExpressionKind(String parameter) {
    this.parameter = parameter;
  }

  /// The parameter's name.
  public String parameter() {
    return parameter;
  }

  /// Whether that is a word of this kind's grammar, in whatever case.
  boolean isKeyword(String word) {
    return switch (this) {
      case CONDITION, FILTER, KEY_CONDITION -> isAny(word, "AND", "OR", "NOT", "BETWEEN", "IN");
      case UPDATE -> isAny(word, "SET", "REMOVE", "ADD", "DELETE");
      case PROJECTION, STATEMENT -> false;
    };
  }

  private static boolean isAny(String word, String... keywords) {
    for (String keyword : keywords) {
      if (keyword.equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  /// The error that names this parameter and what is wrong with its expression; of a statement AWS
  /// says only what is wrong.
  ApiException invalid(String problem) {
    return ApiException.validation(
        this == STATEMENT ? problem : "Invalid " + parameter + ": " + problem);
  }
}
