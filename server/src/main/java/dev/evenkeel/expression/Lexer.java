package dev.evenkeel.expression;

import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens. Never fails: a character that no grammar knows becomes a token
/// of its own, at which the parser then stops.
final class Lexer {
  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /// All tokens, the last one being [Token.Type#END].
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.next();
      tokens.add(token);
    } while (token.type() != Token.Type.END);
    return tokens;
  }

  private Token next() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    int start = at;
    if (at == text.length()) {
      return new Token(Token.Type.END, "<EOF>", start, start);
    }
    Token.Type type = advance(text.charAt(at++));
    return new Token(type, text.substring(start, at), start, at);
  }

  /// Moves to the end of the token whose first character is behind us.
  private Token.Type advance(char first) {
    if (isLetter(first)) {
      skipWord();
      return Token.Type.NAME;
    }
    if (isDigit(first)) {
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      return Token.Type.NUMBER;
    }
    if (first == '#' && skipWord()) {
      return Token.Type.ALIAS;
    }
    if (first == ':' && skipWord()) {
      return Token.Type.PLACEHOLDER;
    }
    if (at < text.length() && isPair(first, text.charAt(at))) {
      at++;
    }
    return Token.Type.SYMBOL;
  }

  private boolean skipWord() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  private static boolean isPair(char first, char second) {
    return (first == '<' && (second == '>' || second == '=')) || (first == '>' && second == '=');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  static boolean isWordPart(char c) {
    return isLetter(c) || isDigit(c) || c == '_';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
