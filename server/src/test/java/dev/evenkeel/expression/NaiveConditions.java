package dev.evenkeel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.evenkeel.model.AttributeValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What conditions mean, written down a second time without regard to speed: straight from unbound
/// tree, names, values and a map of attributes.
record NaiveConditions(
    Map<String, String> names,
    Map<String, AttributeValue> values,
    Map<String, AttributeValue> item) {
  boolean test(Condition condition) {
    return switch (condition) {
      case Condition.And(List<Condition> terms) -> terms.stream().allMatch(this::test);
      case Condition.Or(List<Condition> terms) -> terms.stream().anyMatch(this::test);
      case Condition.Not(Condition term) -> !test(term);
      case Condition.Comparison(Condition.Comparator comparator, Operand left, Operand right) ->
          compare(comparator, value(left), value(right));
      case Condition.Between(Operand value, Operand low, Operand high) ->
          compare(Condition.Comparator.LE, value(low), value(value))
              && compare(Condition.Comparator.LE, value(value), value(high));
      case Condition.In(Operand value, List<Operand> candidates) ->
          candidates.stream()
              .anyMatch(
                  candidate -> compare(Condition.Comparator.EQ, value(value), value(candidate)));
      case Condition.Predicate(Operand.Call(Function function, List<Operand> arguments)) ->
          predicate(function, arguments.stream().map(this::value).toList());
    };
  }

  private static boolean compare(
      Condition.Comparator comparator,
      Optional<AttributeValue> left,
      Optional<AttributeValue> right) {
    boolean present = left.isPresent() && right.isPresent();
    if (comparator == Condition.Comparator.EQ || comparator == Condition.Comparator.NE) {
      boolean equal = present && normal(left.get()).equals(normal(right.get()));
      return comparator == Condition.Comparator.EQ ? equal : !equal;
    }
    if (!present || left.get().type() != right.get().type()) {
      return false;
    }
    Optional<Integer> order = order(left.get(), right.get());
    return order.isPresent()
        && switch (comparator) {
          case LT -> order.get() < 0;
          case LE -> order.get() <= 0;
          case GT -> order.get() > 0;
          case GE -> order.get() >= 0;
          case EQ, NE -> throw new AssertionError();
        };
  }

  private static Optional<Integer> order(AttributeValue left, AttributeValue right) {
    return switch (left.type()) {
      case S, B -> Optional.of(Arrays.compareUnsigned(bytes(left), bytes(right)));
      case N ->
          Optional.of(
              ((AttributeValue.N) left).value().compareTo(((AttributeValue.N) right).value()));
      default -> Optional.empty();
    };
  }

  /// Text or binary as bytes.
  private static byte[] bytes(AttributeValue value) {
    return value instanceof AttributeValue.S(String text)
        ? text.getBytes(UTF_8)
        : ((AttributeValue.B) value).value().array();
  }

  /// A form whose `equals` is DynamoDB's.
  private static Object normal(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> List.of("S", text);
      case AttributeValue.N number -> List.of("N", number.value().toPlainString());
      case AttributeValue.B bytes -> List.of("B", bytes.value().toString());
      case AttributeValue.Bool(boolean bool) -> List.of("BOOL", bool);
      case AttributeValue.Null _ -> List.of("NULL");
      case AttributeValue.SS set -> List.of("SS", new HashSet<>(set.values()));
      case AttributeValue.NS set ->
          List.of("NS", Set.copyOf(set.values().stream().map(n -> n.toPlainString()).toList()));
      case AttributeValue.BS set -> List.of("BS", new HashSet<>(set.values()));
      case AttributeValue.L list ->
          List.of("L", list.values().stream().map(NaiveConditions::normal).toList());
      case AttributeValue.M map -> {
        Map<String, Object> normal = new HashMap<>();
        map.values().forEach((name, member) -> normal.put(name, normal(member)));
        yield List.of("M", normal);
      }
    };
  }

  private boolean predicate(Function function, List<Optional<AttributeValue>> values) {
    Optional<AttributeValue> first = values.getFirst();
    Optional<AttributeValue> second = values.getLast();
    return switch (function) {
      case ATTRIBUTE_EXISTS -> first.isPresent();
      case ATTRIBUTE_NOT_EXISTS -> first.isEmpty();
      case ATTRIBUTE_TYPE ->
          first.isPresent()
              && second.equals(Optional.of(new AttributeValue.S(first.get().type().name())));
      case BEGINS_WITH -> first.isPresent() && second.isPresent() && begins(first, second);
      case CONTAINS -> first.isPresent() && second.isPresent() && contains(first, second);
      default -> throw new AssertionError(function);
    };
  }

  private static boolean begins(Optional<AttributeValue> first, Optional<AttributeValue> second) {
    AttributeValue.Type type = first.get().type();
    if (type != second.get().type()
        || (type != AttributeValue.Type.S && type != AttributeValue.Type.B)) {
      return false;
    }
    byte[] whole = bytes(first.get());
    byte[] start = bytes(second.get());
    return whole.length >= start.length && Arrays.equals(Arrays.copyOf(whole, start.length), start);
  }

  private static boolean contains(Optional<AttributeValue> first, Optional<AttributeValue> second) {
    Object element = normal(second.get());
    return switch (first.get()) {
      case AttributeValue.S whole ->
          second.get() instanceof AttributeValue.S(String part) && whole.value().contains(part);
      case AttributeValue.B whole ->
          second.get() instanceof AttributeValue.B part
              && whole
                  .value()
                  .toString()
                  .replaceAll("..", "$0,")
                  .contains(part.value().toString().replaceAll("..", "$0,"));
      case AttributeValue.SS set ->
          set.values().stream().anyMatch(text -> List.of("S", text).equals(element));
      case AttributeValue.NS set ->
          set.values().stream().anyMatch(n -> List.of("N", n.toPlainString()).equals(element));
      case AttributeValue.BS set ->
          set.values().stream().anyMatch(b -> List.of("B", b.toString()).equals(element));
      case AttributeValue.L list ->
          list.values().stream().anyMatch(member -> normal(member).equals(element));
      default -> false;
    };
  }

  private Optional<AttributeValue> value(Operand operand) {
    return switch (operand) {
      case Operand.Placeholder(String name) -> Optional.ofNullable(values.get(name));
      case Operand.Literal(AttributeValue value) -> Optional.of(value);
      case Path path -> read(path);
      case Operand.Call call -> value(call.argument(0)).flatMap(NaiveConditions::size);
    };
  }

  private Optional<AttributeValue> read(Path path) {
    Optional<AttributeValue> value = Optional.of(AttributeValue.M.of(item));
    for (Path.Element element : path.elements()) {
      value = value.flatMap(parent -> step(parent, element));
    }
    return value;
  }

  private Optional<AttributeValue> step(AttributeValue parent, Path.Element element) {
    return switch (element) {
      case Path.Element.Name(String name) -> member(parent, name);
      case Path.Element.Alias(String alias) -> member(parent, requireNonNull(names.get(alias)));
      case Path.Element.Index(int index) ->
          parent instanceof AttributeValue.L list && index < list.values().size()
              ? Optional.of(list.values().get(index))
              : Optional.empty();
    };
  }

  private static Optional<AttributeValue> member(AttributeValue parent, String name) {
    return parent instanceof AttributeValue.M map
        ? Optional.ofNullable(map.values().get(name))
        : Optional.empty();
  }

  private static Optional<AttributeValue> size(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> Optional.of(AttributeValue.N.of(text.length()));
      case AttributeValue.B bytes -> Optional.of(AttributeValue.N.of(bytes.value().length()));
      case AttributeValue.SS set -> Optional.of(AttributeValue.N.of(set.values().size()));
      case AttributeValue.NS set -> Optional.of(AttributeValue.N.of(set.values().size()));
      case AttributeValue.BS set -> Optional.of(AttributeValue.N.of(set.values().size()));
      case AttributeValue.L list -> Optional.of(AttributeValue.N.of(list.values().size()));
      case AttributeValue.M map -> Optional.of(AttributeValue.N.of(map.values().size()));
      default -> Optional.empty();
    };
  }
}
