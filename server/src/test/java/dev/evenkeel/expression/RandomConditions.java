package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Unbound conditions, values and items from few names and few values, so that they meet often.
final class RandomConditions {
  static final Map<String, String> NAMES = Map.of("#p", "p", "#q", "q", "#r", "r s");
  private static final List<String> PLAIN = List.of("p", "q", "Q1", "a_b");
  private static final List<String> TEXTS = List.of("", "x", "xy", "y", "\uD834\uDD1E", "\uFFFD");
  private static final List<String> NUMBERS = List.of("0", "1", "2", "-1", "1e100", "0.1");

  private final Random random;
  private int placeholders;

  RandomConditions(Random random) {
    this.random = random;
  }

  /// How many values the conditions so far refer to: `:v0`, `:v1` and so on.
  int placeholders() {
    return placeholders;
  }

  Condition condition(int depth) {
    int kinds = depth == 0 ? 4 : 7;
    return switch (random.nextInt(kinds)) {
      case 0 -> new Condition.Comparison(comparator(), operand(), operand());
      case 1 -> new Condition.Between(operand(), operand(), operand());
      case 2 -> new Condition.In(operand(), several(this::operand));
      case 3 -> new Condition.Predicate(predicate());
      case 4 -> new Condition.Not(condition(depth - 1));
      case 5 -> new Condition.And(pair(() -> condition(depth - 1)));
      default -> new Condition.Or(pair(() -> condition(depth - 1)));
    };
  }

  private Condition.Comparator comparator() {
    return pick(List.of(Condition.Comparator.values()));
  }

  private Operand.Call predicate() {
    return switch (random.nextInt(5)) {
      case 0 -> call(Function.ATTRIBUTE_EXISTS, path());
      case 1 -> call(Function.ATTRIBUTE_NOT_EXISTS, path());
      case 2 -> call(Function.ATTRIBUTE_TYPE, path(), placeholder());
      case 3 -> call(Function.BEGINS_WITH, path(), operand());
      default -> call(Function.CONTAINS, path(), operand());
    };
  }

  private Operand operand() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> path();
      case 2 -> call(Function.SIZE, path());
      default -> placeholder();
    };
  }

  private static Operand.Call call(Function function, Operand... operands) {
    return new Operand.Call(function, List.of(operands));
  }

  Operand placeholder() {
    return new Operand.Placeholder(":v" + placeholders++);
  }

  Path path() {
    List<Path.Element> elements = new ArrayList<>();
    elements.add(name());
    while (random.nextInt(3) == 0) {
      elements.add(random.nextBoolean() ? name() : new Path.Element.Index(random.nextInt(3)));
    }
    return new Path(elements);
  }

  private Path.Element name() {
    return random.nextBoolean()
        ? new Path.Element.Name(pick(PLAIN))
        : new Path.Element.Alias(pick(List.of("#p", "#q", "#r")));
  }

  Map<String, AttributeValue> values() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (int i = 0; i < placeholders; i++) {
      values.put(":v" + i, value(1));
    }
    return values;
  }

  Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (String name : List.of("p", "q", "r s", "Q1", "a_b")) {
      if (random.nextInt(4) > 0) {
        item.put(name, value(3));
      }
    }
    return item;
  }

  private AttributeValue value(int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 12)) {
      case 0, 1 -> new AttributeValue.S(pick(TEXTS));
      case 2, 3 -> AttributeValue.N.of(pick(NUMBERS));
      case 4 -> new AttributeValue.S(pick(List.of("S", "N", "L", "M", "BOOL")));
      case 5 -> AttributeValue.B.of((byte) random.nextInt(2), (byte) -random.nextInt(2));
      case 6 -> random.nextBoolean() ? AttributeValue.Null.INSTANCE : new AttributeValue.Bool(true);
      case 7 -> random.nextBoolean() ? texts() : numbers();
      case 8, 9 -> new AttributeValue.L(several(() -> value(depth - 1)));
      default -> map(depth);
    };
  }

  private AttributeValue texts() {
    return new AttributeValue.SS(several(() -> pick(TEXTS)));
  }

  private AttributeValue numbers() {
    return new AttributeValue.NS(several(() -> new BigDecimal(pick(NUMBERS))));
  }

  private AttributeValue map(int depth) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    several(() -> pick(List.of("p", "q", "r s"))).forEach(name -> map.put(name, value(depth - 1)));
    return AttributeValue.M.of(map);
  }

  private <T> List<T> several(Supplier<T> one) {
    List<T> all = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      all.add(one.get());
    }
    return all;
  }

  private <T> List<T> pair(Supplier<T> one) {
    List<T> all = several(one);
    all.add(one.get());
    return all;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
