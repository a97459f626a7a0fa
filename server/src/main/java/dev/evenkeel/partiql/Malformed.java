package dev.evenkeel.partiql;

import dev.evenkeel.model.ApiException;

/// The errors that a statement meets. What AWS documents is AWS's text; the rest are our words.
final class Malformed {
  static final String KEYS =
      "Where clause does not contain a mandatory equality on all key attributes";

  private Malformed() {}

  /// The grammar cannot read it.
  ///
  /// @param detail what is wrong
  static ApiException statement(String detail) {
    return ApiException.validation("Statement wasn't well formed, can't be processed: " + detail);
  }

  /// The grammar can read it, but it means nothing here.
  static ApiException at(String problem, Token token) {
    return ApiException.validation(problem + " at " + token.position());
  }
}
