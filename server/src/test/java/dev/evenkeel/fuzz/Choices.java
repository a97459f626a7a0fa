package dev.evenkeel.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/// Where all choices of a request come from.
@FunctionalInterface
interface Choices {
  /// One of `0` to `bound − 1`.
  int below(int bound);

  /// Those of a seed.
  static Choices of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random::nextInt;
  }

  /// Those that bytes say: one for each choice among up to 256, more for others; all 0 when they
  /// are used up.
  ///
  /// @param next where the next byte is; one element, which goes on
  static Choices of(byte[] bytes, int[] next) {
    return bound -> {
      int value = 0;
      for (int left = bound - 1; left > 0 && next[0] < bytes.length; left >>>= 8) {
        value = (value << 8) | (bytes[next[0]++] & 0xff);
      }
      return Math.floorMod(value, bound);
    };
  }

  /// True once in so many times.
  default boolean once(int in) {
    return below(in) == in - 1;
  }

  default <T> T among(List<T> values) {
    return values.get(below(values.size()));
  }
}
