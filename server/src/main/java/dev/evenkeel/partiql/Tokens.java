package dev.evenkeel.partiql;

import java.util.List;

/// A cursor over the tokens of one statement.
final class Tokens {
  private final List<Token> tokens;
  private int at;

  Tokens(String text) {
    this.tokens = Lexer.tokens(text);
  }

  Token peek() {
    return tokens.get(at);
  }

  /// The token that many places behind the current one.
  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (token.type() != Token.Type.END) {
      at++;
    }
    return token;
  }

  boolean accept(String symbol) {
    if (!peek().isSymbol(symbol)) {
      return false;
    }
    at++;
    return true;
  }

  boolean acceptKeyword(String keyword) {
    if (!peek().isKeyword(keyword)) {
      return false;
    }
    at++;
    return true;
  }

  /// Whether the current token is a word of the grammar that is reserved nowhere, such as `ALL` or
  /// `RETURNING`, and moves behind it.
  boolean acceptWord(String word) {
    Token token = peek();
    boolean isWord =
        (token.type() == Token.Type.NAME || token.type() == Token.Type.KEYWORD)
            && token.text().equalsIgnoreCase(word);
    if (isWord) {
      at++;
    }
    return isWord;
  }
}
