package dev.evenkeel.expression;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/// Prints unbound conditions as expressions, with white space, case and single parentheses at
/// random.
final class ConditionText {
  private final Random random;

  ConditionText(Random random) {
    this.random = random;
  }

  String of(Condition condition) {
    return switch (condition) {
      case Condition.And(List<Condition> terms) -> joined(" AND ", terms);
      case Condition.Or(List<Condition> terms) -> joined(" OR ", terms);
      case Condition.Not(Condition term) -> word("NOT") + " " + nested(term);
      case Condition.Comparison(Condition.Comparator comparator, Operand left, Operand right) ->
          of(left) + space() + comparator.text() + space() + of(right);
      case Condition.Between(Operand value, Operand low, Operand high) ->
          of(value) + word(" BETWEEN ") + of(low) + word(" AND ") + of(high);
      case Condition.In(Operand value, List<Operand> candidates) ->
          of(value) + word(" IN ") + "(" + list(candidates) + ")";
      case Condition.Predicate(Operand.Call call) -> plain(call);
    };
  }

  private String joined(String operator, List<Condition> terms) {
    return terms.stream().map(this::nested).collect(Collectors.joining(word(operator)));
  }

  private String nested(Condition condition) {
    boolean composite = condition instanceof Condition.And || condition instanceof Condition.Or;
    String text = of(condition);
    return composite || random.nextInt(4) == 0 ? "(" + text + ")" : text;
  }

  private String of(Operand operand) {
    String text = plain(operand);
    return random.nextInt(8) == 0 ? "(" + space() + text + ")" : text;
  }

  private String plain(Operand operand) {
    return switch (operand) {
      case Path path -> of(path);
      case Operand.Placeholder(String name) -> name;
      case Operand.Call(Function function, List<Operand> arguments) ->
          function.text() + space() + "(" + list(arguments) + ")";
      case Operand.Literal literal -> throw new IllegalArgumentException(literal.toString());
    };
  }

  private String list(List<Operand> operands) {
    return operands.stream().map(this::of).collect(Collectors.joining("," + space()));
  }

  private String of(Path path) {
    StringBuilder text = new StringBuilder();
    for (Path.Element element : path.elements()) {
      switch (element) {
        case Path.Element.Name(String name) -> text.append(text.isEmpty() ? "" : ".").append(name);
        case Path.Element.Alias(String name) ->
            text.append(text.isEmpty() ? "" : space() + ".").append(name);
        case Path.Element.Index(int index) -> text.append('[').append(index).append(']');
      }
    }
    return text.toString();
  }

  private String word(String keyword) {
    return random.nextInt(3) == 0 ? keyword.toLowerCase(Locale.ROOT) : keyword;
  }

  private String space() {
    return switch (random.nextInt(4)) {
      case 0 -> " ";
      case 1 -> "\n\t ";
      default -> "";
    };
  }
}
