package dev.evenkeel.expression;

/// One word of an expression.
///
/// @param text as written; for [Type#END] `<EOF>`
/// @param start index of its first character, inclusive
/// @param end index after its last character
record Token(Type type, String text, int start, int end) {
  enum Type {
    /// A letter, then letters, digits and underscores: attribute, function or keyword.
    NAME,
    /// `#` and at least one letter, digit or underscore.
    ALIAS,
    /// `:` and at least one letter, digit or underscore.
    PLACEHOLDER,
    /// Digits.
    NUMBER,
    /// An operator, punctuation, or any other character.
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return type == Type.SYMBOL && text.equals(symbol);
  }
}
