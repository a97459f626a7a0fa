package dev.evenkeel.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// DynamoDB's number type: up to 38 significant digits, 0 or a magnitude from 1E-130 to
/// 9.9999999999999999999999999999999999999E+125, exact.
///
/// Source:
/// [Numbers](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number)
public final class Numbers {
  public static final int DIGITS_MAX = 38;
  public static final int EXPONENT_MIN = -130;
  public static final int EXPONENT_MAX = 125;

  /// Longest text that is looked at; a longer one is refused unread, so that it cannot cost time.
  private static final int TEXT_CHARS_MAX = 1024;

  private static final String NOT_A_NUMBER = "The parameter cannot be converted to a numeric value";

  private Numbers() {}

  /// Reads a number as the wire gives it: optional sign, digits with an optional point, optional
  /// exponent; no white space.
  ///
  /// @throws ApiException a ValidationException, when the text is no number or out of range
  public static BigDecimal parse(String text) {
    if (text.isEmpty()) {
      throw ApiException.validation(NOT_A_NUMBER);
    }
    if (text.length() > TEXT_CHARS_MAX || !isDecimal(text)) {
      throw ApiException.validation(NOT_A_NUMBER + ": " + abbreviated(text));
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException _) {
      // The exponent does not fit an int.
      throw ApiException.validation(NOT_A_NUMBER + ": " + abbreviated(text));
    }
    return checked(value);
  }

  /// The canonical form of a number that is the result of arithmetic, within range.
  ///
  /// @throws ApiException a ValidationException, when it is out of range
  public static BigDecimal checked(BigDecimal value) {
    BigDecimal canonical = canonical(value);
    @Nullable String problem = problem(canonical);
    if (problem != null) {
      throw ApiException.validation(problem);
    }
    return canonical;
  }

  /// Without trailing zeros of the unscaled value; zero is `BigDecimal.ZERO`. Two numbers are equal
  /// exactly when their canonical forms are `equals`.
  public static BigDecimal canonical(BigDecimal value) {
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  /// The text that answers carry and items store: plain decimal notation, no exponent.
  public static String text(BigDecimal canonical) {
    return canonical.toPlainString();
  }

  /// The size of a number by AWS's accounting, in bytes: one, and one for each two significant
  /// digits before the point and after it, and one when negative.
  public static int size(BigDecimal canonical) {
    if (canonical.signum() == 0) {
      return 1;
    }
    int precision = canonical.precision();
    int scale = canonical.scale();
    int before = Math.max(0, Math.min(precision, precision - scale));
    int after = precision - before;
    return 1 + (before + 1) / 2 + (after + 1) / 2 + (canonical.signum() < 0 ? 1 : 0);
  }

  private static @Nullable String problem(BigDecimal canonical) {
    if (canonical.signum() == 0) {
      return null;
    }
    long exponent = (long) canonical.precision() - canonical.scale() - 1;
    if (exponent > EXPONENT_MAX) {
      return "Number overflow. Attempting to store a number with magnitude larger than supported"
          + " range";
    }
    if (exponent < EXPONENT_MIN) {
      return "Number underflow. Attempting to store a number with magnitude smaller than supported"
          + " range";
    }
    if (canonical.precision() > DIGITS_MAX) {
      return "Attempting to store more than 38 significant digits in a Number";
    }
    return null;
  }

  private static boolean isDecimal(String text) {
    int at = 0;
    int end = text.length();
    if (text.charAt(0) == '+' || text.charAt(0) == '-') {
      at++;
    }
    int digits = 0;
    while (at < end && isDigit(text.charAt(at))) {
      at++;
      digits++;
    }
    if (at < end && text.charAt(at) == '.') {
      at++;
      while (at < end && isDigit(text.charAt(at))) {
        at++;
        digits++;
      }
    }
    if (digits == 0) {
      return false;
    }
    if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int first = at;
      while (at < end && isDigit(text.charAt(at))) {
        at++;
      }
      return at == end && at > first;
    }
    return at == end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String abbreviated(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
