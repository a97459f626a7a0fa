package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import org.jspecify.annotations.Nullable;

/// The members of a structure as one request gave them. Immutable once read.
///
/// A member of which a delegated value is wrong in itself (an item, say) throws that when it is
/// asked for: so the order in which an operation asks is the order in which mistakes count.
public final class Members {
  private final Structure structure;

  /// By ordinal; null where absent.
  private final @Nullable Object[] values;

  /// By ordinal: what a delegated value within the member found wrong in itself. Null while nothing
  /// is wrong.
  private @Nullable ApiException @Nullable [] problems;

  Members(Structure structure, int size) {
    this.structure = structure;
    this.values = new @Nullable Object[size];
  }

  /// The member's value, or null when the request does not have it.
  ///
  /// @throws ApiException a ValidationException, when a delegated value in it is wrong in itself
  public <T> @Nullable T get(Member<T> member) {
    requireSound(member);
    return raw(member);
  }

  /// Judges a member whose value is of no use yet.
  ///
  /// @throws ApiException as [#get]
  public void requireSound(Member<?> member) {
    checkOwner(member);
    @Nullable ApiException problem = problems == null ? null : problems[member.ordinal];
    if (problem != null) {
      throw problem;
    }
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

  /// The member's value, whatever is wrong with it.
  @SuppressWarnings("unchecked")
  <T> @Nullable T raw(Member<T> member) {
    return (T) values[member.ordinal];
  }

  void refuse(Member<?> member, ApiException problem) {
    if (problems == null) {
      problems = new @Nullable ApiException[values.length];
    }
    problems[member.ordinal] = problem;
  }

  private void checkOwner(Member<?> member) {
    if (!structure.owns(member)) {
      throw new IllegalArgumentException(member + " is not a member of " + structure.name());
    }
  }
}
