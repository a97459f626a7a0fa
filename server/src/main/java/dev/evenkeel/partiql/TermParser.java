package dev.evenkeel.partiql;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Path;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads terms.
///
/// ```
///   or         := and (OR and)*
///   and        := not (AND not)*
///   not        := NOT* comparison
///   comparison := sum [comparator sum | [NOT] BETWEEN sum AND sum | [NOT] IN list | [NOT] LIKE sum
///                     | IS [NOT] type]
///   sum        := signed (('+' | '-' | '*' | '/' | '%' | '||') signed)*
///   signed     := ('-' | '+')* primary
///   primary    := string | number | TRUE | FALSE | NULL | MISSING | '?' | path | function
///               | '(' or ')' | '[' or,… ']' | '<<' or,… '>>' | '{' string ':' or,… '}'
/// ```
///
/// Operators and functions are counted, and so is how deep the grammar nests, since each level is
/// on the thread's stack.
final class TermParser {
  /// Brackets within one another, each of which takes some 2 KB of the thread's stack.
  static final int NESTING_MAX = 100;

  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "||");
  private static final Set<String> OPERATOR_WORDS =
      Set.of("and", "or", "not", "is", "in", "between", "like");
  private static final Set<String> TYPES =
      Set.of(
          "ANY",
          "BAG",
          "BIGINT",
          "BLOB",
          "BOOL",
          "BOOLEAN",
          "CHAR",
          "CHARACTER",
          "CLOB",
          "DATE",
          "DECIMAL",
          "DOUBLE",
          "FLOAT",
          "INT",
          "INT2",
          "INT4",
          "INT8",
          "INTEGER",
          "LIST",
          "MISSING",
          "NULL",
          "NUMERIC",
          "REAL",
          "SEXP",
          "SMALLINT",
          "STRING",
          "STRUCT",
          "SYMBOL",
          "TIME",
          "TIMESTAMP",
          "TUPLE",
          "VARCHAR");
  private static final BigDecimal INDEX_LIMIT = BigDecimal.valueOf(Integer.MAX_VALUE);

  /// The elements of a path beyond which it is refused; as of the expressions.
  private static final int PATH_ELEMENTS_MAX = 32;

  private final Tokens tokens;
  private int parameters;
  private int operators;
  private int nesting;

  TermParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /// How many parameters were read so far.
  int parameters() {
    return parameters;
  }

  Term term() {
    enter();
    Term term = or();
    nesting--;
    return term;
  }

  private Term or() {
    Term first = and();
    if (!tokens.peek().isKeyword("or")) {
      return first;
    }
    List<Term> terms = new ArrayList<>();
    terms.add(first);
    while (tokens.peek().isKeyword("or")) {
      infix();
      terms.add(and());
    }
    return new Term.Or(terms, first.at());
  }

  private Term and() {
    Term first = not();
    if (!tokens.peek().isKeyword("and")) {
      return first;
    }
    List<Term> terms = new ArrayList<>();
    terms.add(first);
    while (tokens.peek().isKeyword("and")) {
      infix();
      terms.add(not());
    }
    return new Term.And(terms, first.at());
  }

  private Term not() {
    Token at = tokens.peek();
    int nots = 0;
    while (tokens.acceptKeyword("not")) {
      countOperator();
      nots++;
    }
    Term term = comparison();
    for (; nots > 0; nots--) {
      term = new Term.Not(term, at);
    }
    return term;
  }

  private Term comparison() {
    Term left = sum();
    Token at = tokens.peek();
    Condition.@Nullable Comparator comparator = comparator(at);
    if (comparator != null) {
      infix();
      return new Term.Comparison(comparator, left, sum(), at);
    }
    if (at.isKeyword("is")) {
      return is(left);
    }
    boolean negated = at.isKeyword("not");
    Token operator = tokens.peek(negated ? 1 : 0);
    if (!operator.isKeyword("between")
        && !operator.isKeyword("in")
        && !operator.isKeyword("like")) {
      return left;
    }
    if (negated) {
      tokens.next();
      countOperator();
    }
    infix();
    Term term =
        switch (operator.text()) {
          case "between" -> between(left, operator);
          case "in" -> new Term.In(left, candidates(), operator);
          default -> new Term.Like(left, sum(), operator);
        };
    return negated ? new Term.Not(term, at) : term;
  }

  private Term between(Term value, Token at) {
    Term low = sum();
    if (!tokens.peek().isKeyword("and")) {
      throw Malformed.statement("BETWEEN needs AND");
    }
    tokens.next();
    return new Term.Between(value, low, sum(), at);
  }

  /// `IN [1, 2]` and `IN (1, 2)`.
  private List<Term> candidates() {
    Token open = tokens.peek();
    if (tokens.accept("(")) {
      return elements(")", "a ')' is missing");
    }
    if (tokens.accept("[")) {
      return elements("]", "a ']' is missing");
    }
    throw Malformed.at("IN needs a list", open);
  }

  private Term is(Term value) {
    Token at = tokens.next();
    countOperator();
    boolean negated = tokens.acceptKeyword("not");
    if (negated) {
      countOperator();
    }
    Token type = tokens.peek();
    String name = type.text().toUpperCase(Locale.ROOT);
    if ((type.type() != Token.Type.NAME && type.type() != Token.Type.KEYWORD)
        || !TYPES.contains(name)) {
      throw Malformed.statement("IS needs a type");
    }
    tokens.next();
    if (name.equals("DOUBLE")) {
      tokens.acceptKeyword("precision");
    }
    if (name.equals("CHARACTER")) {
      tokens.acceptKeyword("varying");
    }
    Term term = new Term.Is(value, name, at);
    return negated ? new Term.Not(term, at) : term;
  }

  private Term sum() {
    Term left = signed();
    while (tokens.peek().type() == Token.Type.SYMBOL && ARITHMETIC.contains(tokens.peek().text())) {
      Token at = tokens.peek();
      infix();
      left = new Term.Arithmetic(at.text(), left, signed(), at);
    }
    return left;
  }

  private Term signed() {
    boolean negative = false;
    Token at = tokens.peek();
    while (tokens.peek().isSymbol("-") || tokens.peek().isSymbol("+")) {
      countOperator();
      negative ^= tokens.next().isSymbol("-");
    }
    Term term = primary();
    if (!negative) {
      return term;
    }
    return term instanceof Term.Numeral(BigDecimal value, Token _)
        ? new Term.Numeral(value.negate(), at)
        : new Term.Negative(term, at);
  }

  private Term primary() {
    Token token = tokens.peek();
    return switch (token.type()) {
      case STRING -> new Term.Constant(new AttributeValue.S(tokens.next().text()), token);
      case NUMBER -> new Term.Numeral(number(tokens.next()), token);
      case NAME -> tokens.peek(1).isSymbol("(") ? call() : attribute();
      case QUOTED_NAME -> attribute();
      case KEYWORD -> keyword(token);
      case SYMBOL -> symbol(token);
      case END -> throw unexpected();
    };
  }

  private Term keyword(Token token) {
    @Nullable Term constant =
        switch (token.text()) {
          case "true" -> new Term.Constant(new AttributeValue.Bool(true), token);
          case "false" -> new Term.Constant(new AttributeValue.Bool(false), token);
          case "null" -> new Term.Constant(AttributeValue.Null.INSTANCE, token);
          case "missing" -> new Term.Missing(token);
          default -> null;
        };
    if (constant != null) {
      tokens.next();
      return constant;
    }
    if (tokens.peek(1).isSymbol("(") && !OPERATOR_WORDS.contains(token.text())) {
      return call();
    }
    throw unexpected();
  }

  private Term symbol(Token token) {
    return switch (token.text()) {
      case "?" -> {
        tokens.next();
        yield new Term.Parameter(parameters++, token);
      }
      case "(" -> {
        tokens.next();
        Term term = term();
        expect(")", "a ')' is missing");
        yield term;
      }
      case "[" -> {
        tokens.next();
        yield new Term.ListOf(elements("]", "a ']' is missing"), token);
      }
      case "<<" -> {
        tokens.next();
        yield new Term.SetOf(elements(">>", "a '>>' is missing"), token);
      }
      case "{" -> {
        tokens.next();
        yield new Term.MapOf(entries(), token);
      }
      default -> throw unexpected();
    };
  }

  /// Terms with commas between them, up to and with the closing bracket.
  private List<Term> elements(String close, String problem) {
    List<Term> elements = new ArrayList<>();
    if (tokens.accept(close)) {
      return elements;
    }
    do {
      elements.add(term());
    } while (tokens.accept(","));
    expect(close, problem);
    return elements;
  }

  private List<Term.Entry> entries() {
    List<Term.Entry> entries = new ArrayList<>();
    if (tokens.accept("}")) {
      return entries;
    }
    do {
      Token name = tokens.peek();
      if (name.type() != Token.Type.STRING) {
        throw Malformed.statement("the name of a map's member is no string");
      }
      tokens.next();
      expect(":", "a ':' is missing");
      entries.add(new Term.Entry(name.text(), term()));
    } while (tokens.accept(","));
    expect("}", "a '}' is missing");
    return entries;
  }

  private Term call() {
    Token name = tokens.next();
    countOperator();
    tokens.next();
    List<Term> arguments = elements(")", "a ')' is missing");
    return new Term.Call(name.text().toLowerCase(Locale.ROOT), arguments, name);
  }

  private Term attribute() {
    Token at = tokens.peek();
    return new Term.Attribute(path(), at);
  }

  /// Reads a path; the current token is a name.
  Path path() {
    List<Path.Element> elements = new ArrayList<>(1);
    elements.add(new Path.Element.Name(tokens.next().text()));
    while (true) {
      if (tokens.accept(".")) {
        if (!tokens.peek().isName()) {
          throw Malformed.statement("no name follows the '.'");
        }
        elements.add(new Path.Element.Name(tokens.next().text()));
      } else if (tokens.accept("[")) {
        elements.add(index());
      } else {
        break;
      }
    }
    if (elements.size() > PATH_ELEMENTS_MAX) {
      throw ApiException.validation(
          "The document path has too many nesting elements; nesting levels: " + elements.size());
    }
    return new Path(elements);
  }

  private Path.Element index() {
    boolean negative = tokens.accept("-");
    Token token = tokens.peek();
    if (token.type() != Token.Type.NUMBER || !isDigits(token.text())) {
      throw Malformed.at("This is no step of a path:", token);
    }
    tokens.next();
    expect("]", "a ']' is missing");
    BigDecimal index = number(token);
    if (negative || index.compareTo(INDEX_LIMIT) > 0) {
      throw Malformed.at(
          "List index is not within the allowable range; index: ["
              + (negative ? "-" : "")
              + token.text()
              + "]",
          token);
    }
    return new Path.Element.Index(index.intValueExact());
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static BigDecimal number(Token token) {
    String text = token.text();
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    try {
      if (exponent >= 0) {
        Integer.parseInt(text, exponent + 1, text.length(), 10);
      }
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      // The exponent, or what it leaves of the scale, does not fit an int.
      throw Malformed.statement("");
    }
  }

  /// Moves behind an operator that stands between two terms.
  private void infix() {
    tokens.next();
    countOperator();
    if (tokens.peek().isEnd()) {
      throw Malformed.statement("nothing follows the operator");
    }
  }

  private static Condition.@Nullable Comparator comparator(Token token) {
    if (token.type() != Token.Type.SYMBOL) {
      return null;
    }
    return switch (token.text()) {
      case "=" -> Condition.Comparator.EQ;
      case "<>", "!=" -> Condition.Comparator.NE;
      case "<" -> Condition.Comparator.LT;
      case "<=" -> Condition.Comparator.LE;
      case ">" -> Condition.Comparator.GT;
      case ">=" -> Condition.Comparator.GE;
      default -> null;
    };
  }

  private void expect(String symbol, String problem) {
    if (!tokens.accept(symbol)) {
      throw Malformed.statement(problem);
    }
  }

  /// The error for a token at which no term can begin.
  ApiException unexpected() {
    Token token = tokens.peek();
    boolean operator =
        token.type() == Token.Type.KEYWORD
            ? OPERATOR_WORDS.contains(token.text())
            : comparator(token) != null || ARITHMETIC.contains(token.text());
    if (operator && token.type() != Token.Type.STRING) {
      return Malformed.statement("an operator stands where none may be");
    }
    return Malformed.statement(
        token.type() == Token.Type.KEYWORD
            ? "a keyword stands where none may be"
            : "a value stands where none may be");
  }

  private void countOperator() {
    operators++;
    if (operators > Limits.EXPRESSION_OPERATORS_MAX) {
      throw ApiException.validation(
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  private void enter() {
    nesting++;
    if (nesting > NESTING_MAX) {
      throw Malformed.statement("It nests more than " + NESTING_MAX + " levels deep");
    }
  }
}
