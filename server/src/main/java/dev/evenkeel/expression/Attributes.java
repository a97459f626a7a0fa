package dev.evenkeel.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The top-level attributes that a bound condition looks at.
final class Attributes {
  private Attributes() {}

  /// In the order of the expression.
  static Set<String> of(Condition condition) {
    Set<String> names = new LinkedHashSet<>();
    for (Path path : paths(condition)) {
      names.add(path.head());
    }
    return names;
  }

  /// All paths, in the order of the expression.
  static List<Path> paths(Condition condition) {
    List<Path> paths = new ArrayList<>();
    collect(condition, paths);
    return paths;
  }

  private static void collect(Condition condition, List<Path> paths) {
    switch (condition) {
      case Condition.And(List<Condition> terms) -> terms.forEach(term -> collect(term, paths));
      case Condition.Or(List<Condition> terms) -> terms.forEach(term -> collect(term, paths));
      case Condition.Not(Condition term) -> collect(term, paths);
      case Condition.Comparison(var _, Operand left, Operand right) ->
          collect(List.of(left, right), paths);
      case Condition.Between(Operand value, Operand low, Operand high) ->
          collect(List.of(value, low, high), paths);
      case Condition.In(Operand value, List<Operand> candidates) -> {
        collect(List.of(value), paths);
        collect(candidates, paths);
      }
      case Condition.Predicate(Operand.Call call) -> collect(call.arguments(), paths);
    }
  }

  private static void collect(List<Operand> operands, List<Path> paths) {
    for (Operand operand : operands) {
      switch (operand) {
        case Path path -> paths.add(path);
        case Operand.Call call -> collect(call.arguments(), paths);
        case Operand.Literal _, Operand.Placeholder _ -> {}
      }
    }
  }
}
