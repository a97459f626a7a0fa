package dev.evenkeel.api.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
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
  void check(SequencedMap<String, V> entries, Violations violations) {
    if (entries.size() > max) {
      violations.add(shown(entries), Violations.lengthAtMost(max));
    } else if (entries.size() < min) {
      violations.add(shown(entries), Violations.lengthAtLeast(min));
    }
    for (Map.Entry<String, V> entry : entries.entrySet()) {
      violations.enterElement(entry.getKey());
      key.check(entry.getKey(), violations);
      @Nullable V one = entry.getValue();
      if (one == null) {
        violations.addAbsent();
      } else {
        value.check(one, violations);
      }
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
