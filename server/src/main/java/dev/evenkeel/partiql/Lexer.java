package dev.evenkeel.partiql;

import dev.evenkeel.model.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a statement into tokens. White space and comments, `-- …` to the end of the line and `/* …
/// */`, only part them.
final class Lexer {
  private static final String[] PAIRS = {"<<", ">>", "<>", "<=", ">=", "!=", "||"};
  private static final String SINGLES = "()[]{}<>=+-*/%,.:;?";

  private final String text;
  private int at;
  private int line = 1;

  /// Where the current line begins.
  private int lineStart;

  private Lexer(String text) {
    this.text = text;
  }

  /// All tokens, the last one being [Token.Type#END].
  ///
  /// @throws ApiException a ValidationException, when something is no token
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
    skipBlanks();
    int start = at;
    int startLine = line;
    int column = start - lineStart + 1;
    Token.Type type = type();
    String value =
        switch (type) {
          case STRING, QUOTED_NAME -> quoted();
          case NUMBER -> number();
          case NAME -> word();
          case SYMBOL -> symbol();
          case KEYWORD, END -> "";
        };
    if (type == Token.Type.NAME) {
      String lowered = value.toLowerCase(Locale.ROOT);
      if (Keywords.contains(lowered)) {
        return new Token(Token.Type.KEYWORD, lowered, startLine, column, at - start);
      }
    }
    return new Token(type, value, startLine, column, at - start);
  }

  /// The type of the token that begins here, before keywords are told from names.
  private Token.Type type() {
    if (at == text.length()) {
      return Token.Type.END;
    }
    char first = text.charAt(at);
    if (first == '\'') {
      return Token.Type.STRING;
    }
    if (first == '"') {
      return Token.Type.QUOTED_NAME;
    }
    if (isDigit(first)
        || (first == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      return Token.Type.NUMBER;
    }
    if (isWordStart(first)) {
      return Token.Type.NAME;
    }
    return Token.Type.SYMBOL;
  }

  /// The value between quotes, in which two of them stand for one.
  private String quoted() {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        if (at == text.length() || text.charAt(at) != quote) {
          return value.toString();
        }
        at++;
      }
      newLineBehind(c);
      value.append(c);
    }
    throw Malformed.statement("");
  }

  private String number() {
    int start = at;
    skipDigits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      skipDigits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int digits = at;
      skipDigits();
      if (at == digits) {
        throw Malformed.statement("");
      }
    }
    if (at < text.length() && isWordStart(text.charAt(at))) {
      throw Malformed.statement("");
    }
    return text.substring(start, at);
  }

  private void skipDigits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private String word() {
    int start = at;
    while (at < text.length() && (isWordStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String symbol() {
    for (String pair : PAIRS) {
      if (text.startsWith(pair, at)) {
        at += pair.length();
        return pair;
      }
    }
    char c = text.charAt(at);
    if (SINGLES.indexOf(c) < 0) {
      throw Malformed.statement("");
    }
    at++;
    return String.valueOf(c);
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        at++;
        newLineBehind(c);
      } else if (text.startsWith("--", at)) {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (text.startsWith("/*", at)) {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  private void skipBlockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw Malformed.statement("");
    }
    while (at < end + 2) {
      newLineBehind(text.charAt(at++));
    }
  }

  /// Call with the character that was just passed.
  private void newLineBehind(char c) {
    if (c == '\n') {
      line++;
      lineStart = at;
    }
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
