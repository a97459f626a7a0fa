package dev.evenkeel.chaos;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One item as its only writer knows it: the values that it may hold. Absence is the value null.
final class Register {
  private final String name;
  private final Set<@Nullable String> possible = new LinkedHashSet<>();

  Register(String name) {
    this.name = name;
    possible.add(null);
  }

  String name() {
    return name;
  }

  boolean isCertain() {
    return possible.size() == 1;
  }

  /// The value; only where it [#isCertain].
  @Nullable String value() {
    return possible.iterator().next();
  }

  /// A write was acknowledged, or a read answered.
  void becomes(@Nullable String value) {
    possible.clear();
    possible.add(value);
  }

  /// A write was sent and its outcome is unknown.
  void mayBecome(@Nullable String value) {
    possible.add(value);
  }

  boolean mayBe(@Nullable String value) {
    return possible.contains(value);
  }

  /// A value without its padding.
  static String brief(@Nullable String value) {
    return value == null ? "absent" : value.replaceFirst("x+$", "x…");
  }

  @Override
  public String toString() {
    return name + possible.stream().map(Register::brief).toList();
  }
}
