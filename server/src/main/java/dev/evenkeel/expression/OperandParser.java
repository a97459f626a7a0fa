package dev.evenkeel.expression;

import dev.evenkeel.expression.Findings.Sort;
import dev.evenkeel.model.Limits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the grammars have in common: paths, placeholders, function calls and parentheses.
abstract class OperandParser {
  private static final BigInteger INDEX_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

  final Tokens tokens;
  final Findings findings;
  private int operators;

  OperandParser(ExpressionKind kind, String text) {
    this.tokens = new Tokens(kind, text);
    this.findings = new Findings(kind);
  }

  /// One operand of a function.
  abstract Operand argument();

  /// Reads an operand, with parentheses around it or without.
  final Operand operand() {
    int open = 0;
    while (tokens.accept("(")) {
      open++;
    }
    if (open > 1) {
      redundantParentheses();
    }
    Operand operand = leaf();
    for (; open > 0; open--) {
      tokens.expect(")");
      operand = withTail(operand);
    }
    return operand;
  }

  /// An operand that was in parentheses: a path may go on behind them.
  final Operand withTail(Operand operand) {
    return operand instanceof Path path ? longerPath(new ArrayList<>(path.elements())) : operand;
  }

  final void redundantParentheses() {
    findings.note(Sort.PARENTHESES, "The expression has redundant parentheses;");
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
  private Path longerPath(List<Path.Element> elements) {
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
    List<Operand> arguments = new ArrayList<>(2);
    do {
      arguments.add(argument());
    } while (tokens.accept(","));
    tokens.expect(")");
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

  private boolean isKeyword(Token token) {
    return tokens.kind().isKeyword(token.text());
  }
}
