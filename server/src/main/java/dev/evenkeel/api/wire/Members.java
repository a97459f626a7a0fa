package dev.evenkeel.api.wire;

import org.jspecify.annotations.Nullable;

/// The members of a structure as one request gave them. Immutable once read.
public final class Members {
  private final Structure structure;

  /// By ordinal; null where absent.
  private final @Nullable Object[] values;

  Members(Structure structure, int size) {
    this.structure = structure;
    this.values = new @Nullable Object[size];
  }

  /// The member's value, or null when the request does not have it.
  @SuppressWarnings("unchecked")
  public <T> @Nullable T get(Member<T> member) {
    checkOwner(member);
    return (T) values[member.ordinal];
  }

  /// The member's value, or `absent` when the request does not have it.
  public <T> T get(Member<T> member, T absent) {
    @Nullable T value = get(member);
    return value == null ? absent : value;
  }

  /// The value of a member that is required, or was found present.
  public <T> T need(Member<T> member) {
    @Nullable T value = get(member);
    if (value == null) {
      throw new IllegalStateException(member + " is absent");
    }
    return value;
  }

  public boolean has(Member<?> member) {
    checkOwner(member);
    return values[member.ordinal] != null;
  }

  void set(Member<?> member, Object value) {
    values[member.ordinal] = value;
  }

  private void checkOwner(Member<?> member) {
    if (!structure.owns(member)) {
      throw new IllegalArgumentException(member + " is not a member of " + structure.name());
    }
  }
}
