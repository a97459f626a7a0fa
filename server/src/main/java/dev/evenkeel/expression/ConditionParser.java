package dev.evenkeel.expression;

import dev.evenkeel.expression.Findings.Sort;
import dev.evenkeel.model.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
/// Keeps the open parentheses on a stack of its own, since clients nest them as deep as there may
/// be operators: a program that joins conditions one by one sends `(((a OR b) OR c) OR d)`.
///
/// Source: [Condition
/// expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html)
final class ConditionParser extends OperandParser {
  /// What was read of one `or` that is not yet complete.
  private static final class Level {
    /// The opening parenthesis, as a token position; −1 for the whole expression.
    final int start;

    /// Complete operands of OR.
    final List<Condition> ors = new ArrayList<>();

    /// Complete operands of AND, since the last OR.
    final List<Condition> ands = new ArrayList<>();

    /// NOT in front of the term to come.
    int nots;

    Level(int start) {
      this.start = start;
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();
  private Level level = new Level(-1);

  /// Where the parentheses that closed last began and ended, as token positions.
  private int groupStart = -1;

  private int groupEnd = -1;

  private ConditionParser(ExpressionKind kind, String text) {
    super(kind, text);
  }

  /// The unbound tree.
  static Condition parse(ExpressionKind kind, String text) {
    ConditionParser parser = new ConditionParser(kind, text);
    Condition condition = parser.expression();
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
    Operand operand = operand();
    refuseMisuse(operand);
    return operand;
  }

  private Condition expression() {
    while (true) {
      Term term = closed(comparison(begin()));
      if (tokens.peek().type() == Token.Type.END && levels.isEmpty()) {
        return condition(ended(term));
      }
      connect(term);
    }
  }

  /// Reads what may stand in front of a term, and its first operand.
  private Operand begin() {
    while (true) {
      if (tokens.acceptKeyword("NOT")) {
        countOperator();
        level.nots++;
      } else if (tokens.peek().is("(")) {
        levels.push(level);
        level = new Level(tokens.position());
        tokens.next();
      } else {
        return leaf();
      }
    }
  }

  /// Closes the parentheses that end here. A term in parentheses may be an operand of what follows.
  private Term closed(Term term) {
    Term whole = term;
    while (!levels.isEmpty() && tokens.peek().is(")")) {
      whole = ended(whole);
      int end = tokens.position();
      tokens.next();
      if (groupStart == level.start + 1 && groupEnd == end - 1) {
        redundantParentheses();
      }
      groupStart = level.start;
      groupEnd = end;
      level = levels.pop();
      whole = whole instanceof Operand operand ? comparison(withTail(operand)) : whole;
    }
    return whole;
  }

  /// Reads AND or OR behind a term.
  private void connect(Term term) {
    level.ands.add(negated(condition(term)));
    if (tokens.acceptKeyword("OR")) {
      endOfAnds();
    } else {
      tokens.expectKeyword("AND");
    }
    countOperator();
  }

  /// The level as a whole, that term being its last.
  private Term ended(Term term) {
    if (level.nots == 0 && level.ands.isEmpty() && level.ors.isEmpty()) {
      return term;
    }
    level.ands.add(negated(condition(term)));
    endOfAnds();
    return level.ors.size() == 1 ? level.ors.getFirst() : new Condition.Or(level.ors);
  }

  private void endOfAnds() {
    level.ors.add(level.ands.size() == 1 ? level.ands.getFirst() : new Condition.And(level.ands));
    level.ands.clear();
  }

  private Condition negated(Condition condition) {
    Condition negated = condition;
    for (; level.nots > 0; level.nots--) {
      negated = new Condition.Not(negated);
    }
    return negated;
  }

  /// The comparison that the operand begins, or the operand where nothing is compared with it.
  private Term comparison(Operand left) {
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

  /// The term as a condition, the current token being the one after it.
  private Condition condition(Term term) {
    return switch (term) {
      case Condition condition -> condition;
      case Operand.Call call -> predicate(call);
      case Path _, Operand.Placeholder _, Operand.Literal _ -> throw tokens.unexpected();
    };
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
