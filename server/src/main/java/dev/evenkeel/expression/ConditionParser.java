package dev.evenkeel.expression;

import dev.evenkeel.expression.Findings.Sort;
import dev.evenkeel.model.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads conditions.
///
/// ```
///   or         := and (OR and)*
///   and        := not (AND not)*
///   not        := NOT* comparison
///   comparison := operand ('=' | '<>' | '<' | '<=' | '>' | '>=') operand
///               | operand BETWEEN operand AND operand
///               | operand IN '(' operand (',' operand)* ')'
///               | function | '(' or ')'
///   operand    := path | placeholder | function | '(' operand ')'
/// ```
///
/// Source: [Condition
/// expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html)
final class ConditionParser extends OperandParser {
  private ConditionParser(ExpressionKind kind, String text) {
    super(kind, text);
  }

  /// The unbound tree.
  static Condition parse(ExpressionKind kind, String text) {
    ConditionParser parser = new ConditionParser(kind, text);
    Condition condition = parser.condition(parser.or());
    parser.tokens.expectEnd();
    parser.findings.report(
        Sort.PARENTHESES,
        Sort.UNKNOWN_FUNCTION,
        Sort.MISUSED_FUNCTION,
        Sort.RESERVED_WORD,
        Sort.PATH_LIMIT);
    return condition;
  }

  @Override
  Operand argument() {
    Operand operand = operand(primary());
    refuseMisuse(operand);
    return operand;
  }

  @Override
  Term grouped() {
    return or();
  }

  private Term or() {
    Term first = and();
    if (!tokens.acceptKeyword("OR")) {
      return first;
    }
    List<Condition> terms = new ArrayList<>();
    terms.add(conditionBefore(first));
    do {
      countOperator();
      terms.add(condition(and()));
    } while (tokens.acceptKeyword("OR"));
    return new Condition.Or(terms);
  }

  private Term and() {
    Term first = not();
    if (!tokens.acceptKeyword("AND")) {
      return first;
    }
    List<Condition> terms = new ArrayList<>();
    terms.add(conditionBefore(first));
    do {
      countOperator();
      terms.add(condition(not()));
    } while (tokens.acceptKeyword("AND"));
    return new Condition.And(terms);
  }

  private Term not() {
    int nots = 0;
    while (tokens.acceptKeyword("NOT")) {
      countOperator();
      nots++;
    }
    Term term = comparison();
    if (nots == 0) {
      return term;
    }
    Condition condition = condition(term);
    for (int i = 0; i < nots; i++) {
      condition = new Condition.Not(condition);
    }
    return condition;
  }

  private Term comparison() {
    Term first = primary();
    if (!(first instanceof Operand left)) {
      return first;
    }
    Condition.@Nullable Comparator comparator = Condition.Comparator.of(tokens.peek());
    if (comparator != null) {
      tokens.next();
      countOperator();
      refuseMisuse(left);
      return new Condition.Comparison(comparator, left, argument());
    }
    if (tokens.acceptKeyword("BETWEEN")) {
      countOperator();
      refuseMisuse(left);
      Operand low = argument();
      tokens.expectKeyword("AND");
      return new Condition.Between(left, low, argument());
    }
    if (tokens.acceptKeyword("IN")) {
      countOperator();
      refuseMisuse(left);
      return new Condition.In(left, candidates());
    }
    return left;
  }

  private List<Operand> candidates() {
    List<Operand> candidates = new ArrayList<>();
    tokens.expect("(");
    do {
      candidates.add(argument());
    } while (tokens.accept(","));
    tokens.expect(")");
    if (candidates.size() > Limits.IN_OPERANDS_MAX) {
      throw tokens
          .kind()
          .invalid(
              "The IN operator is provided with too many operands; number of operands: "
                  + candidates.size());
    }
    return candidates;
  }

  private Term primary() {
    if (!tokens.peek().is("(")) {
      return leaf();
    }
    Term inner = group();
    return inner instanceof Path path ? longerPath(new ArrayList<>(path.elements())) : inner;
  }

  private Operand operand(Term term) {
    if (term instanceof Operand operand) {
      return operand;
    }
    throw tokens.unexpected();
  }

  /// The term as a condition, the current token being the one after it.
  private Condition condition(Term term) {
    return switch (term) {
      case Condition condition -> condition;
      case Operand.Call call -> predicate(call);
      case Path _, Operand.Placeholder _, Operand.Literal _ -> throw tokens.unexpected();
    };
  }

  /// The term as a condition, the current token being the second one after it.
  private Condition conditionBefore(Term term) {
    if (term instanceof Condition || term instanceof Operand.Call) {
      return condition(term);
    }
    tokens.back();
    throw tokens.unexpected();
  }

  private Condition predicate(Operand.Call call) {
    if (call.function() == Function.SIZE) {
      misused(call);
    }
    return new Condition.Predicate(call);
  }

  private void refuseMisuse(Operand operand) {
    if (operand instanceof Operand.Call call && call.function() != Function.SIZE) {
      misused(call);
    }
  }

  private void misused(Operand.Call call) {
    findings.note(
        Sort.MISUSED_FUNCTION,
        "The function is not allowed to be used this way in an expression; function: "
            + call.function().text());
  }
}
