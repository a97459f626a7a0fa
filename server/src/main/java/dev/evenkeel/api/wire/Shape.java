package dev.evenkeel.api.wire;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// What a member's value must look like: its JSON type, and the constraints of the service model.
///
/// @param <T> the Java type of a value that was read
public abstract class Shape<T> {
  /// No upper bound.
  static final int UNBOUNDED = Integer.MAX_VALUE;

  Shape() {}

  /// Reads the value that starts at the parser's current token, which is never null or JSON null,
  /// and leaves the parser at its last token.
  ///
  /// @param element the value is an element of a list or map, not a member of a structure
  /// @throws dev.evenkeel.model.ApiException a SerializationException for a wrong JSON type
  abstract T read(JsonParser parser, boolean element);

  /// The constraints of a value itself, in the order in which AWS's texts list them together.
  abstract List<String> constraints();

  /// The first of its own constraints that a value violates, or null.
  abstract @Nullable String violated(T value);

  /// Adds what is wrong with the parts of a value.
  void checkWithin(T value, Violations violations) {
    // Most have none.
  }

  /// Adds what is wrong with a value by the constraints of this shape.
  final void check(T value, Violations violations) {
    @Nullable String violated = violated(value);
    if (violated != null) {
      violations.add(shown(value), violated);
    }
    checkWithin(value, violations);
  }

  /// A value as error texts show it.
  public String shown(T value) {
    return String.valueOf(value);
  }

  /// The Java type by which AWS's texts name this shape.
  abstract String javaType();

  /// A string without bounds.
  public static StringShape string() {
    return string(0, UNBOUNDED);
  }

  /// A string of `[min, max]` characters.
  public static StringShape string(int min, int max) {
    return new StringShape(min, max, false, List.of());
  }

  /// A string of `[min, max]` characters, each a letter, digit, `_`, `.` or `-`.
  public static StringShape name(int min, int max) {
    return new StringShape(min, max, true, List.of());
  }

  /// One of these values, in the order in which AWS's error texts list them.
  public static StringShape enumeration(String... values) {
    return new StringShape(0, UNBOUNDED, false, List.of(values));
  }

  /// The name or the ARN of a table.
  public static Shape<String> tableName() {
    return TableNameShape.INSTANCE;
  }

  /// Whether a table may have that name.
  public static boolean isTableName(String name) {
    return TableNameShape.isName(name);
  }

  /// A 32-bit number in `[min, max]`.
  public static NumberShape<Integer> integer(int min, int max) {
    return NumberShape.ofInt(min, max);
  }

  /// A 64-bit number of at least `min`.
  public static NumberShape<Long> number(long min) {
    return NumberShape.ofLong(min, Long.MAX_VALUE);
  }

  /// A 64-bit number.
  public static NumberShape<Long> number() {
    return number(Long.MIN_VALUE);
  }

  public static Shape<Boolean> bool() {
    return BooleanShape.INSTANCE;
  }

  public static <E> Shape<List<E>> list(Shape<E> element) {
    return list(element, 0, UNBOUNDED);
  }

  /// A list of `[min, max]` elements.
  public static <E> Shape<List<E>> list(Shape<E> element, int min, int max) {
    return new ListShape<>(element, min, max);
  }

  public static <V> Shape<SequencedMap<String, V>> map(Shape<String> key, Shape<V> value) {
    return map(key, value, 0, UNBOUNDED);
  }

  /// A map of `[min, max]` entries.
  public static <V> Shape<SequencedMap<String, V>> map(
      Shape<String> key, Shape<V> value, int min, int max) {
    return new MapShape<>(key, value, min, max);
  }

  /// A value that `reader` reads on its own, such as an item.
  ///
  /// @param model the shape in the service model that this stands for
  public static <T> Shape<T> delegated(String model, ValueReader<T> reader) {
    return new DelegatedShape<>(model, reader);
  }
}
