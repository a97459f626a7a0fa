package dev.evenkeel.api.wire;

/// A member of a [Structure]: its name, its shape, and the key under which [Members] holds its
/// value.
///
/// @param <T> the Java type of its value
public final class Member<T> {
  private final String name;
  private final Shape<T> shape;
  private final boolean required;

  /// Its place in the structure, from 0.
  final int ordinal;

  Member(String name, Shape<T> shape, boolean required, int ordinal) {
    this.name = name;
    this.shape = shape;
    this.required = required;
    this.ordinal = ordinal;
  }

  /// The name on the wire.
  public String name() {
    return name;
  }

  Shape<T> shape() {
    return shape;
  }

  boolean required() {
    return required;
  }

  @Override
  public String toString() {
    return name;
  }
}
