package dev.evenkeel.suite;

import java.util.Arrays;
import java.util.Locale;

/// Numbers for people, the same in every locale.
final class Text {
  private Text() {}

  @SuppressWarnings("AnnotateFormatMethod")
  static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// The least and the greatest of some values.
  static String range(double[] values) {
    return of(
        "%.1f–%.1f",
        Arrays.stream(values).min().orElse(Double.NaN),
        Arrays.stream(values).max().orElse(Double.NaN));
  }
}
