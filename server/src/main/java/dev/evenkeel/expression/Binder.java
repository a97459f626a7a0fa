package dev.evenkeel.expression;

import java.util.ArrayList;
import java.util.List;

/// Puts names and values in the place of aliases and placeholders, from left to right.
final class Binder {
  private final ExpressionKind kind;
  private final ExpressionScope scope;

  Binder(ExpressionKind kind, ExpressionScope scope) {
    this.kind = kind;
    this.scope = scope;
  }

  Operand bind(Operand operand) {
    return switch (operand) {
      case Path path -> bind(path);
      case Operand.Placeholder(String name) -> new Operand.Literal(scope.value(kind, name));
      case Operand.Literal literal -> literal;
      case Operand.Call call -> bind(call);
    };
  }

  Operand.Call bind(Operand.Call call) {
    return new Operand.Call(call.function(), bind(call.arguments()));
  }

  List<Operand> bind(List<Operand> operands) {
    List<Operand> bound = new ArrayList<>(operands.size());
    for (Operand operand : operands) {
      bound.add(bind(operand));
    }
    return bound;
  }

  Path bind(Path path) {
    if (path.isBound()) {
      return path;
    }
    List<Path.Element> elements = new ArrayList<>(path.elements().size());
    for (Path.Element element : path.elements()) {
      elements.add(
          element instanceof Path.Element.Alias(String alias)
              ? new Path.Element.Name(scope.name(kind, alias))
              : element);
    }
    return new Path(elements);
  }

  /// Only checks that the aliases are defined, where names are to be reported before values.
  void resolveNames(Operand operand) {
    switch (operand) {
      case Path path -> bind(path);
      case Operand.Placeholder _, Operand.Literal _ -> {}
      case Operand.Call(Function _, List<Operand> arguments) ->
          arguments.forEach(this::resolveNames);
    }
  }
}
