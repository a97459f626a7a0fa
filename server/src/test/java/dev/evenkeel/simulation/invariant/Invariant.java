package dev.evenkeel.simulation.invariant;

/// Something that holds after every step.
public interface Invariant {
  /// @throws AssertionError when it does not
  void check();
}
