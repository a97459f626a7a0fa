package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A string with a range of lengths, the pattern of names, or a set of values.
public final class StringShape extends Shape<String> {
  /// The only pattern that the implemented part of the model has.
  static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";

  final int min;
  final int max;
  final boolean name;
  final List<String> values;
  private final String valuesConstraint;

  StringShape(int min, int max, boolean name, List<String> values) {
    this.min = min;
    this.max = max;
    this.name = name;
    this.values = values;
    this.valuesConstraint = ApiException.enumConstraint(values);
  }

  @Override
  String read(JsonParser parser, boolean element) {
    return text(parser);
  }

  @Override
  List<String> constraints() {
    if (!values.isEmpty()) {
      return List.of(valuesConstraint);
    }
    List<String> constraints = Violations.lengthBetween(min, max);
    if (name) {
      constraints.add(patternConstraint());
    }
    return constraints;
  }

  @Override
  @Nullable String violated(String value) {
    if (!values.isEmpty()) {
      return values.contains(value) ? null : valuesConstraint;
    }
    return name && !isName(value)
        ? patternConstraint()
        : Violations.ofLength(value.length(), min, max);
  }

  @Override
  String javaType() {
    return "java.lang.String";
  }

  static String text(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw Json.unexpected(parser, "java.lang.String");
    }
    return parser.getString();
  }

  static String patternConstraint() {
    return "Member must satisfy regular expression pattern: " + NAME_PATTERN;
  }

  /// Whether all characters are those of names; true for an empty string, whose length is checked.
  static boolean isName(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
