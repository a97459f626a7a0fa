package dev.evenkeel.expression;

import dev.evenkeel.expression.Findings.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads updates.
///
/// ```
///   update  := (SET set (',' set)* | REMOVE path (',' path)*
///              | ADD change (',' change)* | DELETE change (',' change)*)+
///   set     := path '=' value
///   value   := operand (('+' | '-') operand)? | '(' value ')'
///   operand := path | placeholder | function | '(' operand ')'
///   change  := path placeholder
/// ```
///
/// Source: [Update
/// expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html)
final class UpdateParser extends OperandParser {
  private final List<UpdateAction> actions = new ArrayList<>();
  private final List<String> clauses = new ArrayList<>();

  private UpdateParser(String text) {
    super(ExpressionKind.UPDATE, text);
  }

  /// The unbound actions, as they were written.
  static List<UpdateAction> parse(String text) {
    UpdateParser parser = new UpdateParser(text);
    do {
      parser.clause();
    } while (parser.tokens.peek().type() != Token.Type.END);
    parser.findings.report(
        Sort.PARENTHESES,
        Sort.RESERVED_WORD,
        Sort.UNKNOWN_FUNCTION,
        Sort.REPEATED_CLAUSE,
        Sort.PATH_LIMIT);
    return List.copyOf(parser.actions);
  }

  private void clause() {
    Token token = tokens.peek();
    if (token.type() != Token.Type.NAME || !tokens.kind().isKeyword(token.text())) {
      throw tokens.unexpected();
    }
    tokens.next();
    String clause = token.text().toUpperCase(Locale.ROOT);
    if (clauses.contains(clause)) {
      findings.note(
          Sort.REPEATED_CLAUSE,
          "The \"" + clause + "\" section can only be used once in an update expression;");
    }
    clauses.add(clause);
    do {
      actions.add(action(clause));
    } while (tokens.accept(","));
  }

  private UpdateAction action(String clause) {
    Path path = path();
    return switch (clause) {
      case "SET" -> {
        tokens.expect("=");
        yield new UpdateAction.Set(path, value());
      }
      case "REMOVE" -> new UpdateAction.Remove(path);
      case "ADD" -> new UpdateAction.Add(path, placeholder());
      case "DELETE" -> new UpdateAction.Delete(path, placeholder());
      default -> throw new IllegalStateException(clause);
    };
  }

  /// The parentheses in front may close behind the first operand or behind the whole value.
  private Operand value() {
    int open = 0;
    while (tokens.accept("(")) {
      open++;
    }
    Operand value = leaf();
    int closed = 0;
    while (closed < open && tokens.accept(")")) {
      closed++;
      value = withTail(value);
    }
    Token operator = tokens.peek();
    boolean arithmetic = operator.is("+") || operator.is("-");
    if (arithmetic) {
      tokens.next();
      countOperator();
      Function function = operator.is("+") ? Function.PLUS : Function.MINUS;
      value = new Operand.Call(function, List.of(value, operand()));
    }
    for (int left = open - closed; left > 0; left--) {
      tokens.expect(")");
    }
    if (closed > 1 || open - closed > 1) {
      redundantParentheses();
    }
    return value;
  }

  @Override
  Operand argument() {
    return operand();
  }

  private Operand placeholder() {
    if (tokens.peek().type() != Token.Type.PLACEHOLDER) {
      throw tokens.unexpected();
    }
    return new Operand.Placeholder(tokens.next().text());
  }
}
