package dev.evenkeel.api.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A list of one shape, with a range of lengths. An element that is JSON null violates it.
final class ListShape<E> extends Shape<List<E>> {
  /// How many elements of a list an error's text shows.
  private static final int SHOWN_MAX = 100;

  final Shape<E> element;
  final int min;
  final int max;

  ListShape(Shape<E> element, int min, int max) {
    this.element = element;
    this.min = min;
    this.max = max;
  }

  @Override
  List<E> read(JsonParser parser, boolean isElement) {
    switch (parser.currentToken()) {
      case START_ARRAY -> {}
      case START_OBJECT -> throw Json.unexpectedStructure();
      case null, default -> throw Json.unexpectedScalar(isElement);
    }
    List<E> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(token == JsonToken.VALUE_NULL ? absent() : element.read(parser, true));
    }
    return Collections.unmodifiableList(elements);
  }

  @Override
  List<String> constraints() {
    return Violations.lengthBetween(min, max);
  }

  @Override
  @Nullable String violated(List<E> value) {
    return Violations.ofLength(value.size(), min, max);
  }

  /// What an element violates is said of the list; what lies within an element, of its own path.
  @Override
  void checkWithin(List<E> value, Violations violations) {
    for (int i = 0; i < value.size() && !violations.isAny(); i++) {
      @Nullable E one = value.get(i);
      if (one != null && element.violated(one) != null) {
        violations.addAll(shown(value), "Member must satisfy constraint", element.constraints());
      }
      violations.enterElement(Integer.toString(i + 1));
      if (one == null) {
        violations.addAbsent();
      } else {
        element.checkWithin(one, violations);
      }
      violations.leaveElement();
    }
  }

  @Override
  String javaType() {
    return "java.util.List<" + element.javaType() + ">";
  }

  @Override
  public String shown(List<E> value) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(value.size(), SHOWN_MAX); i++) {
      @Nullable E one = value.get(i);
      text.append(i == 0 ? "" : ", ").append(one == null ? "null" : element.shown(one));
    }
    return text.append(']').toString();
  }

  /// Nobody sees it: the list violates its shape.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T absent() {
    return null;
  }
}
