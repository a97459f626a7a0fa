package dev.evenkeel.expression;

import dev.evenkeel.codec.WireWriter;
import java.util.List;

/// Writes bound conditions and updates into a message between nodes. Format: see the package. What
/// is not bound is a bug.
public final class ExpressionEncoder {
  private final WireWriter out;

  private ExpressionEncoder(WireWriter out) {
    this.out = out;
  }

  public static void write(Condition condition, WireWriter out) {
    new ExpressionEncoder(out.int8(ExpressionFormat.VERSION)).condition(condition);
  }

  public static void write(Update update, WireWriter out) {
    new ExpressionEncoder(out.int8(ExpressionFormat.VERSION)).update(update);
  }

  private void condition(Condition condition) {
    switch (condition) {
      case Condition.And(List<Condition> terms) -> {
        out.int8(ExpressionFormat.AND).varint(terms.size());
        terms.forEach(this::condition);
      }
      case Condition.Or(List<Condition> terms) -> {
        out.int8(ExpressionFormat.OR).varint(terms.size());
        terms.forEach(this::condition);
      }
      case Condition.Not(Condition term) -> {
        out.int8(ExpressionFormat.NOT);
        condition(term);
      }
      case Condition.Comparison(Condition.Comparator comparator, Operand left, Operand right) -> {
        out.int8(ExpressionFormat.COMPARISON);
        out.int8(ExpressionFormat.COMPARATORS.indexOf(comparator));
        operand(left);
        operand(right);
      }
      case Condition.Between(Operand value, Operand low, Operand high) -> {
        out.int8(ExpressionFormat.BETWEEN);
        operand(value);
        operand(low);
        operand(high);
      }
      case Condition.In(Operand value, List<Operand> candidates) -> {
        out.int8(ExpressionFormat.IN);
        operand(value);
        out.varint(candidates.size());
        candidates.forEach(this::operand);
      }
      case Condition.Predicate(Operand.Call call) -> {
        out.int8(ExpressionFormat.PREDICATE);
        call(call);
      }
    }
  }

  private void update(Update update) {
    out.int8(ExpressionFormat.WORDINGS.indexOf(update.wording()));
    out.varint(update.actions().size());
    update.actions().forEach(this::action);
  }

  private void action(UpdateAction action) {
    switch (action) {
      case UpdateAction.Set(Path path, Operand value) -> action(ExpressionFormat.SET, path, value);
      case UpdateAction.Remove(Path path) -> {
        out.int8(ExpressionFormat.REMOVE);
        path(path);
      }
      case UpdateAction.Add(Path path, Operand value) -> action(ExpressionFormat.ADD, path, value);
      case UpdateAction.Delete(Path path, Operand value) ->
          action(ExpressionFormat.DELETE, path, value);
    }
  }

  private void action(int kind, Path path, Operand value) {
    out.int8(kind);
    path(path);
    operand(value);
  }

  private void operand(Operand operand) {
    switch (operand) {
      case Path path -> {
        out.int8(ExpressionFormat.PATH);
        path(path);
      }
      case Operand.Literal(var value) -> out.int8(ExpressionFormat.LITERAL).value(value);
      case Operand.Call call -> {
        out.int8(ExpressionFormat.CALL);
        call(call);
      }
      case Operand.Placeholder placeholder ->
          throw new IllegalStateException("operand not bound: " + placeholder);
    }
  }

  private void call(Operand.Call call) {
    if (call.arguments().size() != call.function().operands()) {
      throw new IllegalStateException("not as many operands as it takes: " + call);
    }
    out.int8(ExpressionFormat.FUNCTIONS.indexOf(call.function()));
    call.arguments().forEach(this::operand);
  }

  private void path(Path path) {
    out.varint(path.elements().size());
    for (Path.Element element : path.elements()) {
      switch (element) {
        case Path.Element.Name(String name) -> out.int8(ExpressionFormat.NAME).text(name);
        case Path.Element.Index(int index) -> out.int8(ExpressionFormat.INDEX).varint(index);
        case Path.Element.Alias alias -> throw new IllegalStateException("not bound: " + alias);
      }
    }
  }
}
