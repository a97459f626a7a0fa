package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;

/// The order of strings, numbers and binaries.
public final class Ordering {
  private Ordering() {}

  static boolean has(AttributeValue.Type type) {
    return type == AttributeValue.Type.S
        || type == AttributeValue.Type.N
        || type == AttributeValue.Type.B;
  }

  /// Whether the two have an order between them.
  static boolean between(AttributeValue left, AttributeValue right) {
    return left.type() == right.type() && has(left.type());
  }

  /// @throws IllegalArgumentException when there is no order between them
  public static int compare(AttributeValue left, AttributeValue right) {
    return switch (left) {
      case AttributeValue.S(String a) when right instanceof AttributeValue.S(String b) ->
          compare(a, b);
      case AttributeValue.N a when right instanceof AttributeValue.N b ->
          a.value().compareTo(b.value());
      case AttributeValue.B a when right instanceof AttributeValue.B b ->
          a.value().compareTo(b.value());
      default -> throw new IllegalArgumentException(left.type() + " against " + right.type());
    };
  }

  /// The order of the UTF-8 bytes, which is that of the code points; the order of UTF-16 units
  /// differs from it above U+D7FF.
  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
