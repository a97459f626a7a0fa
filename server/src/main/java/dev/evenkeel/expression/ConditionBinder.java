package dev.evenkeel.expression;

import java.util.ArrayList;
import java.util.List;

/// Binds a condition, and checks each comparison as soon as it is bound.
final class ConditionBinder {
  private final Binder binder;
  private final OperandChecks checks;

  ConditionBinder(ExpressionKind kind, ExpressionScope scope) {
    this.binder = new Binder(kind, scope);
    this.checks = new OperandChecks(kind);
  }

  Condition bind(Condition condition) {
    return switch (condition) {
      case Condition.And(List<Condition> terms) -> new Condition.And(bind(terms));
      case Condition.Or(List<Condition> terms) -> new Condition.Or(bind(terms));
      case Condition.Not(Condition term) -> new Condition.Not(bind(term));
      case Condition.Comparison comparison -> comparison(comparison);
      case Condition.Between between -> between(between);
      case Condition.In(Operand value, List<Operand> candidates) -> in(value, candidates);
      case Condition.Predicate(Operand.Call call) -> predicate(call);
    };
  }

  private List<Condition> bind(List<Condition> terms) {
    List<Condition> bound = new ArrayList<>(terms.size());
    for (Condition term : terms) {
      bound.add(bind(term));
    }
    return bound;
  }

  private Condition comparison(Condition.Comparison unbound) {
    Operand left = binder.bind(unbound.left());
    Operand right = binder.bind(unbound.right());
    String comparator = unbound.comparator().text();
    checks.counts(left);
    checks.counts(right);
    checks.distinct(comparator, List.of(left, right));
    checks.types(left);
    checks.types(right);
    if (unbound.comparator().orders()) {
      checks.ordered(comparator, left);
      checks.ordered(comparator, right);
    }
    return new Condition.Comparison(unbound.comparator(), left, right);
  }

  private Condition between(Condition.Between unbound) {
    Condition.Between bound =
        new Condition.Between(
            binder.bind(unbound.value()), binder.bind(unbound.low()), binder.bind(unbound.high()));
    List<Operand> operands = List.of(bound.value(), bound.low(), bound.high());
    operands.forEach(checks::counts);
    operands.forEach(checks::types);
    operands.forEach(operand -> checks.ordered("BETWEEN", operand));
    checks.bounds(bound.low(), bound.high());
    return bound;
  }

  private Condition in(Operand value, List<Operand> candidates) {
    Operand bound = binder.bind(value);
    List<Operand> boundCandidates = binder.bind(candidates);
    checks.counts(bound);
    boundCandidates.forEach(checks::counts);
    checks.types(bound);
    boundCandidates.forEach(checks::types);
    return new Condition.In(bound, boundCandidates);
  }

  private Condition predicate(Operand.Call unbound) {
    Operand.Call call = binder.bind(unbound);
    checks.counts(call);
    checks.distinct(call.function().text(), call.arguments());
    checks.types(call);
    return new Condition.Predicate(call);
  }
}
