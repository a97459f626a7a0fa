package dev.evenkeel.suite;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/// The middle of some values.
final class Median {
  private Median() {}

  /// Of the numbers that `value` makes of `things`, which must not be empty.
  static <T> double of(Collection<T> things, ToDoubleFunction<T> value) {
    double[] sorted = things.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// Of ratios, pair by pair: of `above[i] / below[i]`.
  static double ofRatios(double[] above, double[] below) {
    double[] ratios = new double[above.length];
    Arrays.setAll(ratios, i -> above[i] / below[i]);
    return of(Arrays.stream(ratios).boxed().toList(), Double::doubleValue);
  }
}
