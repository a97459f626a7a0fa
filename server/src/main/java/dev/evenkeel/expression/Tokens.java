package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import java.util.List;

/// A cursor over the tokens of one expression.
final class Tokens {
  private final ExpressionKind kind;
  private final String text;
  private final List<Token> tokens;
  private int at;

  Tokens(ExpressionKind kind, String text) {
    this.kind = kind;
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  ExpressionKind kind() {
    return kind;
  }

  /// Index of the current token.
  int position() {
    return at;
  }

  Token peek() {
    return tokens.get(at);
  }

  /// Whether the token after the current one is that symbol.
  boolean followedBy(String symbol) {
    return at + 1 < tokens.size() && tokens.get(at + 1).is(symbol);
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.type() != Token.Type.END) {
      at++;
    }
    return token;
  }

  boolean accept(String symbol) {
    if (!peek().is(symbol)) {
      return false;
    }
    at++;
    return true;
  }

  boolean acceptKeyword(String keyword) {
    Token token = peek();
    if (token.type() != Token.Type.NAME || !token.text().equalsIgnoreCase(keyword)) {
      return false;
    }
    at++;
    return true;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected();
    }
  }

  void expectKeyword(String keyword) {
    if (!acceptKeyword(keyword)) {
      throw unexpected();
    }
  }

  void expectEnd() {
    if (peek().type() != Token.Type.END) {
      throw unexpected();
    }
  }

  /// The error for the current token, with its neighbours as the caller wrote them.
  ApiException unexpected() {
    Token token = peek();
    Token from = at == 0 ? token : tokens.get(at - 1);
    Token to = token;
    if (token.type() == Token.Type.END) {
      to = from;
    } else if (tokens.get(at + 1).type() != Token.Type.END) {
      to = tokens.get(at + 1);
    }
    String near = text.substring(from.start(), to.end());
    return kind.invalid("Syntax error; token: \"" + token.text() + "\", near: \"" + near + "\"");
  }
}
