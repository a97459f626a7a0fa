package dev.evenkeel.expression;

import dev.evenkeel.expression.Findings.Sort;
import dev.evenkeel.model.Limits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the grammars have in common: paths, placeholders, function calls and parentheses.
abstract class OperandParser {
  /// Deepest nesting of parentheses and calls. Beyond it an expression either has redundant
  /// parentheses or more operators than are allowed, since every other level needs an operator.
  private static final int DEPTH_MAX = Limits.EXPRESSION_OPERATORS_MAX + 1;

  private static final BigInteger INDEX_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

  final Tokens tokens;
  final Findings findings;
  private int operators;
  private int depth;

  /// Where the group that was closed last begins and ends, as token positions; −1: none yet.
  private int groupStart = -1;

  private int groupEnd = -1;

  OperandParser(ExpressionKind kind, String text) {
    this.tokens = new Tokens(kind, text);
    this.findings = new Findings(kind);
  }

  /// One operand of a function.
  abstract Operand argument();

  /// What may stand in parentheses.
  abstract Term grouped();

  /// Reads `( … )`, the current token being the opening one.
  final Term group() {
    int start = tokens.position();
    tokens.next();
    descend();
    Term inner = grouped();
    depth--;
    int end = tokens.position();
    tokens.expect(")");
    if (groupStart == start + 1 && groupEnd == end - 1) {
      findings.note(Sort.PARENTHESES, "The expression has redundant parentheses;");
    }
    groupStart = start;
    groupEnd = end;
    return inner;
  }

  /// Reads an operand that does not begin with a parenthesis.
  final Operand leaf() {
    Token token = tokens.peek();
    return switch (token.type()) {
      case PLACEHOLDER -> new Operand.Placeholder(tokens.next().text());
      case ALIAS -> path();
      case NAME -> isKeyword(token) || !tokens.followedBy("(") ? path() : call();
      case NUMBER, SYMBOL, END -> throw tokens.unexpected();
    };
  }

  final Path path() {
    List<Path.Element> elements = new ArrayList<>(1);
    elements.add(name());
    return longerPath(elements);
  }

  /// Reads what follows the first elements of a path.
  final Path longerPath(List<Path.Element> elements) {
    while (true) {
      if (tokens.accept(".")) {
        elements.add(name());
      } else if (tokens.accept("[")) {
        elements.add(index());
      } else {
        break;
      }
    }
    if (elements.size() > Path.ELEMENTS_MAX) {
      findings.note(
          Sort.PATH_LIMIT,
          "The document path has too many nesting elements; nesting levels: " + elements.size());
    }
    return new Path(elements);
  }

  /// Counts one operator or function.
  final void countOperator() {
    operators++;
    if (operators > Limits.EXPRESSION_OPERATORS_MAX) {
      throw tokens
          .kind()
          .invalid("The expression contains too many operators; operator count: " + operators);
    }
  }

  private Path.Element name() {
    Token token = tokens.peek();
    if (token.type() == Token.Type.ALIAS) {
      tokens.next();
      return new Path.Element.Alias(token.text());
    }
    if (token.type() != Token.Type.NAME || isKeyword(token)) {
      throw tokens.unexpected();
    }
    tokens.next();
    if (ReservedWords.contains(token.text())) {
      findings.note(
          Sort.RESERVED_WORD,
          "Attribute name is a reserved keyword; reserved keyword: " + token.text());
    }
    return new Path.Element.Name(token.text());
  }

  private Path.Element index() {
    Token token = tokens.peek();
    if (token.type() != Token.Type.NUMBER) {
      throw tokens.unexpected();
    }
    tokens.next();
    tokens.expect("]");
    BigInteger index = new BigInteger(token.text());
    if (index.compareTo(INDEX_MAX) > 0) {
      findings.note(
          Sort.PATH_LIMIT,
          "List index is not within the allowable range; index: [" + token.text() + "]");
      index = INDEX_MAX;
    }
    return new Path.Element.Index(index.intValueExact());
  }

  private Operand.Call call() {
    Token name = tokens.next();
    tokens.expect("(");
    countOperator();
    descend();
    List<Operand> arguments = new ArrayList<>(2);
    do {
      arguments.add(argument());
    } while (tokens.accept(","));
    tokens.expect(")");
    depth--;
    return new Operand.Call(function(name.text()), arguments);
  }

  private Function function(String name) {
    @Nullable Function function = Function.named(tokens.kind(), name);
    if (function != null) {
      return function;
    }
    findings.note(Sort.UNKNOWN_FUNCTION, "Invalid function name; function: " + name);
    // Any will do: the finding is reported before the tree is used.
    return Function.SIZE;
  }

  private void descend() {
    if (++depth > DEPTH_MAX) {
      throw tokens.kind().invalid("The expression has redundant parentheses;");
    }
  }

  private boolean isKeyword(Token token) {
    return tokens.kind().isKeyword(token.text());
  }
}
