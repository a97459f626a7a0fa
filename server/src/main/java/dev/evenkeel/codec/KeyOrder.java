package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.AttributeValue;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;

/// Writes key values so that unsigned byte order is the API's order, and so that no encoding is a
/// prefix of another. Format: see the package.
final class KeyOrder {
  private static final int ESCAPED_ZERO = 0xff;
  private static final int END_OF_BYTES = 0x01;
  private static final int NEGATIVE = 0x00;
  private static final int ZERO = 0x01;
  private static final int POSITIVE = 0x02;

  /// Makes every exponent that a number can have positive.
  private static final int EXPONENT_BIAS = 200;

  private KeyOrder() {}

  static void write(AttributeValue value, ByteArrayOutputStream out) {
    switch (value) {
      case AttributeValue.S(var text) -> bytes(text.getBytes(UTF_8), out);
      case AttributeValue.B(var blob) -> bytes(blob.array(), out);
      case AttributeValue.N(var number) -> number(number, out);
      default -> throw new IllegalArgumentException("not a key type: " + value.type());
    }
  }

  /// The bytes that every string or binary which begins with `value` begins with.
  static void writePrefix(AttributeValue value, ByteArrayOutputStream out) {
    switch (value) {
      case AttributeValue.S(var text) -> escaped(text.getBytes(UTF_8), out);
      case AttributeValue.B(var blob) -> escaped(blob.array(), out);
      default -> throw new IllegalArgumentException("no prefix of a " + value.type());
    }
  }

  private static void bytes(byte[] value, ByteArrayOutputStream out) {
    escaped(value, out);
    out.write(0);
    out.write(END_OF_BYTES);
  }

  private static void escaped(byte[] value, ByteArrayOutputStream out) {
    for (byte b : value) {
      out.write(b);
      if (b == 0) {
        out.write(ESCAPED_ZERO);
      }
    }
  }

  private static void number(BigDecimal value, ByteArrayOutputStream out) {
    int sign = value.signum();
    if (sign == 0) {
      out.write(ZERO);
      return;
    }
    out.write(sign < 0 ? NEGATIVE : POSITIVE);
    int invert = sign < 0 ? 0xff : 0;
    String digits = value.unscaledValue().abs().toString();
    int exponent = value.precision() - value.scale() - 1 + EXPONENT_BIAS;
    out.write((exponent >>> 8) ^ invert);
    out.write((exponent & 0xff) ^ invert);
    for (int i = 0; i < digits.length(); i += 2) {
      int high = digits.charAt(i) - '0';
      int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      out.write((high * 10 + low + 1) ^ invert);
    }
    out.write(invert);
  }
}
