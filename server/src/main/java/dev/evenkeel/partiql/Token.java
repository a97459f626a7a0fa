package dev.evenkeel.partiql;

/// One word of a statement.
///
/// @param text of an identifier or a string its value, without quotes; of a keyword its lower-case
///   form; of a symbol or a number as written; of [Type#END] empty
/// @param line the line on which it begins, from 1
/// @param column the character of the line at which it begins, from 1
/// @param length characters of the statement that it takes
record Token(Type type, String text, int line, int column, int length) {
  enum Type {
    /// A name without quotes that is no keyword.
    NAME,
    /// A name in double quotes.
    QUOTED_NAME,
    /// One of [Keywords].
    KEYWORD,
    /// Text in single quotes.
    STRING,
    NUMBER,
    /// An operator, a bracket, `?` or other punctuation.
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return type == Type.SYMBOL && text.equals(symbol);
  }

  boolean isKeyword(String keyword) {
    return type == Type.KEYWORD && text.equals(keyword);
  }

  /// Whether it can name a table or an attribute.
  boolean isName() {
    return type == Type.NAME || type == Type.QUOTED_NAME;
  }

  /// Whether nothing of the statement follows.
  boolean isEnd() {
    return type == Type.END || isSymbol(";");
  }

  /// Where it stands, as texts of errors say it: `line:column:length`.
  String position() {
    return line + ":" + column + ":" + length;
  }
}
