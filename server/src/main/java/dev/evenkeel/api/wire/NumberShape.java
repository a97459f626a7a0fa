package dev.evenkeel.api.wire;

import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;

/// A whole number with a range. As AWS does, a fraction is cut off; a number beyond the type's
/// range becomes the nearest that the type has, so that it fails the range or is absurd in its own
/// right.
///
/// @param <T> Integer or Long
public final class NumberShape<T extends Number> extends Shape<T> {
  final long min;
  final long max;
  final boolean wide;
  private final LongFunction<T> boxed;

  private NumberShape(long min, long max, boolean wide, LongFunction<T> boxed) {
    this.min = min;
    this.max = max;
    this.wide = wide;
    this.boxed = boxed;
  }

  static NumberShape<Integer> ofInt(int min, int max) {
    return new NumberShape<>(
        min,
        max,
        false,
        value -> (int) Math.clamp(value, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE));
  }

  static NumberShape<Long> ofLong(long min, long max) {
    return new NumberShape<>(min, max, true, value -> value);
  }

  @Override
  T read(JsonParser parser, boolean element) {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> boxed.apply(whole(parser));
      case VALUE_NUMBER_FLOAT -> boxed.apply((long) parser.getDoubleValue());
      case null, default ->
          throw Json.unexpected(parser, wide ? "java.lang.Long" : "java.lang.Integer");
    };
  }

  @Override
  List<String> constraints() {
    return List.of(atMost(), atLeast());
  }

  @Override
  @Nullable String violated(T value) {
    long number = value.longValue();
    if (number < min) {
      return atLeast();
    }
    return number > max ? atMost() : null;
  }

  private String atLeast() {
    return "Member must have value greater than or equal to " + min;
  }

  private String atMost() {
    return "Member must have value less than or equal to " + max;
  }

  @Override
  String javaType() {
    return wide ? "java.lang.Long" : "java.lang.Integer";
  }

  private static long whole(JsonParser parser) {
    try {
      return parser.getLongValue();
    } catch (InputCoercionException _) {
      return parser.getString().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
