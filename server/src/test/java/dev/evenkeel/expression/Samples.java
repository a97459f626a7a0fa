package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names, values and an item that the tables of the expression tests are written against.
final class Samples {
  static final Expressions EXPRESSIONS = new Expressions();

  static final Map<String, String> NAMES =
      Map.of("#a", "a", "#status", "status", "#pk", "pk", "#dotted", "a.b");

  static final Map<String, AttributeValue> VALUES =
      Map.ofEntries(
          Map.entry(":s", s("x")),
          Map.entry(":t", s("y")),
          Map.entry(":empty", s("")),
          Map.entry(":zero", n("0")),
          Map.entry(":n4", n("4")),
          Map.entry(":n5", n("5")),
          Map.entry(":b", AttributeValue.B.of((byte) 1)),
          Map.entry(":bool", new AttributeValue.Bool(true)),
          Map.entry(":null", AttributeValue.Null.INSTANCE),
          Map.entry(":ss", ss("x", "z")),
          Map.entry(":ns", new AttributeValue.NS(List.of(BigDecimal.ONE))),
          Map.entry(":l", l(s("x"), n("5"))),
          Map.entry(":m", m("k", s("v"))),
          Map.entry(":S", s("S")),
          Map.entry(":bad", s("STRING")));

  static final BinaryItem ITEM =
      item(
          Map.entry("pk", s("p")),
          Map.entry("a", s("x")),
          Map.entry("status", s("open")),
          Map.entry("a.b", n("7")),
          Map.entry("num", n("5")),
          Map.entry("bin", AttributeValue.B.of((byte) 1, (byte) 2, (byte) 0xff)),
          Map.entry("flag", new AttributeValue.Bool(true)),
          Map.entry("nothing", AttributeValue.Null.INSTANCE),
          Map.entry("tags", ss("x", "y")),
          Map.entry("nums", new AttributeValue.NS(List.of(BigDecimal.ONE, BigDecimal.TWO))),
          Map.entry("doc", m("list_", l(s("x"), n("5"), m("deep", s("d"))))),
          Map.entry("prose", s("é𝄞")));

  private Samples() {}

  /// A scope with all names and values, for tests that do not look at their use.
  static ExpressionScope scope() {
    return ExpressionScope.of(NAMES, VALUES);
  }

  static AttributeValue.S s(String text) {
    return new AttributeValue.S(text);
  }

  static AttributeValue.N n(String text) {
    return AttributeValue.N.of(text);
  }

  static AttributeValue.SS ss(String... texts) {
    return new AttributeValue.SS(List.of(texts));
  }

  static AttributeValue.NS ns(long... numbers) {
    return new AttributeValue.NS(Arrays.stream(numbers).mapToObj(BigDecimal::valueOf).toList());
  }

  static AttributeValue.L l(AttributeValue... values) {
    return new AttributeValue.L(List.of(values));
  }

  static AttributeValue.M m(String name, AttributeValue value) {
    return AttributeValue.M.of(Map.of(name, value));
  }

  @SafeVarargs
  static BinaryItem item(Map.Entry<String, ? extends AttributeValue>... attributes) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends AttributeValue> attribute : attributes) {
      map.put(attribute.getKey(), attribute.getValue());
    }
    return BinaryItem.of(map);
  }
}
