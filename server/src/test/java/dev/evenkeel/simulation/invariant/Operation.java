package dev.evenkeel.simulation.invariant;

import org.jspecify.annotations.Nullable;

/// One operation on one key, as its client saw it.
public final class Operation {
  private static final long OPEN = Long.MAX_VALUE;

  private final String text;
  private final long invoked;
  private Step step;
  private long returned = OPEN;
  private boolean optional;

  /// What the operation does to a state, if it can have happened there.
  @FunctionalInterface
  public interface Step {
    /// The state afterwards; null when the operation cannot have had its outcome in this state.
    @Nullable String apply(String state);
  }

  /// @param text what was asked, for reports
  /// @param invoked when; every moment has its own number
  /// @param step what it does as long as its outcome is not known
  public Operation(String text, long invoked, Step step) {
    this.text = text;
    this.invoked = invoked;
    this.step = step;
  }

  /// It returned, with an outcome that only this step explains.
  public void returned(long when, Step observed) {
    returned = when;
    step = observed;
  }

  /// Nobody knows whether it happened; it may, at any time until [#settle].
  public void unknown() {
    optional = true;
  }

  /// If it has not happened by now, it never will.
  void settle(long when) {
    if (optional && returned == OPEN) {
      returned = when;
    }
  }

  boolean isOptional() {
    return optional;
  }

  boolean isOpen() {
    return returned == OPEN;
  }

  long invoked() {
    return invoked;
  }

  long returned() {
    return returned;
  }

  @Nullable String apply(String state) {
    return step.apply(state);
  }

  @Override
  public String toString() {
    return invoked + "–" + (isOpen() ? "" : returned) + (optional ? "? " : "  ") + text;
  }
}
