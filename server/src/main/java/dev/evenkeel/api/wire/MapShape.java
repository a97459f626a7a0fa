package dev.evenkeel.api.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A map of one shape, with a range of sizes, in the order of the body. An entry whose value is
/// JSON null violates it.
final class MapShape<V> extends Shape<SequencedMap<String, V>> {
  /// How many entries of a map an error's text shows.
  private static final int SHOWN_MAX = 100;

  final Shape<String> key;
  final Shape<V> value;
  final int min;
  final int max;

  MapShape(Shape<String> key, Shape<V> value, int min, int max) {
    this.key = key;
    this.value = value;
    this.min = min;
    this.max = max;
  }

  @Override
  SequencedMap<String, V> read(JsonParser parser, boolean element) {
    switch (parser.currentToken()) {
      case START_OBJECT -> {}
      case START_ARRAY -> throw Json.unexpectedList(javaType());
      case null, default -> throw Json.unexpectedScalar(element);
    }
    SequencedMap<String, V> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (entries.containsKey(name)) {
        throw Json.duplicate(name);
      }
      boolean given = parser.nextToken() != JsonToken.VALUE_NULL;
      entries.put(name, given ? value.read(parser, true) : absent());
    }
    return Collections.unmodifiableSequencedMap(entries);
  }

  @Override
  List<String> constraints() {
    return Violations.lengthBetween(min, max);
  }

  @Override
  @Nullable String violated(SequencedMap<String, V> entries) {
    return Violations.ofLength(entries.size(), min, max);
  }

  /// What a key or a value violates is said of the map; what lies within a value, of its own path.
  @Override
  void checkWithin(SequencedMap<String, V> entries, Violations violations) {
    for (Map.Entry<String, V> entry : entries.entrySet()) {
      if (violations.isAny()) {
        return;
      }
      @Nullable V one = entry.getValue();
      checkKey(entry.getKey(), entries, violations);
      if (one != null && value.violated(one) != null) {
        violations.addAll(shown(entries), "Map value must satisfy constraint", value.constraints());
      }
      violations.enterElement(entry.getKey());
      if (one == null) {
        violations.addAbsent();
      } else {
        value.checkWithin(one, violations);
      }
      violations.leaveElement();
    }
  }

  /// A key is a table's name, of which the service itself judges what the model does not, or it is
  /// judged by the model.
  private void checkKey(String one, SequencedMap<String, V> entries, Violations violations) {
    @Nullable String violated = key.violated(one);
    if (violated == null) {
      return;
    }
    if (key.constraints().contains(violated)) {
      violations.addAll(shown(entries), "Map keys must satisfy constraint", key.constraints());
    } else {
      violations.enterElement(one);
      violations.add(one, violated);
      violations.leaveElement();
    }
  }

  @Override
  String javaType() {
    return "java.util.Map<java.lang.String, " + value.javaType() + ">";
  }

  @Override
  public String shown(SequencedMap<String, V> entries) {
    StringBuilder text = new StringBuilder("{");
    int left = SHOWN_MAX;
    for (Map.Entry<String, V> entry : entries.entrySet()) {
      if (left-- == 0) {
        break;
      }
      @Nullable V one = entry.getValue();
      text.append(text.length() == 1 ? "" : ", ")
          .append(entry.getKey())
          .append('=')
          .append(one == null ? "null" : value.shown(one));
    }
    return text.append('}').toString();
  }

  /// Nobody sees it: the map violates its shape.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T absent() {
    return null;
  }
}
