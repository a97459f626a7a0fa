package dev.evenkeel.api;

/// Statements in requests of [TestDatabase], whose single quotes stand for double quotes.
final class Statements {
  private Statements() {}

  /// A request of ExecuteStatement.
  ///
  /// @param more further members
  static String of(String statement, String... more) {
    return "{" + member(statement) + (more.length == 0 ? "" : "," + String.join(",", more)) + "}";
  }

  /// A request of BatchExecuteStatement.
  static String batch(String... statements) {
    StringBuilder text = new StringBuilder("{'Statements':[");
    for (int i = 0; i < statements.length; i++) {
      text.append(i == 0 ? "" : ",").append(of(statements[i]));
    }
    return text.append("]}").toString();
  }

  private static String member(String statement) {
    return "'Statement':'"
        + statement.replace("\\", "\\\\").replace("\"", "\\u0022").replace("'", "\\u0027")
        + "'";
  }
}
