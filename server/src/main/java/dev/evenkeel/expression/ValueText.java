package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Numbers;
import java.util.Base64;

/// A scalar value as AWS's messages show it: `{S:abc}`.
final class ValueText {
  private ValueText() {}

  static String of(AttributeValue value) {
    return "{" + value.type() + ":" + content(value) + "}";
  }

  private static String content(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N number -> Numbers.text(number.value());
      case AttributeValue.B bytes -> Base64.getEncoder().encodeToString(bytes.value().array());
      case AttributeValue.Bool(boolean bool) -> Boolean.toString(bool);
      case AttributeValue.Null _ -> "true";
      default -> value.toString();
    };
  }
}
