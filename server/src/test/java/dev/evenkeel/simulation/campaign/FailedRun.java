package dev.evenkeel.simulation.campaign;

/// A run of a simulation in which something did not hold.
final class FailedRun extends AssertionError {
  private static final long serialVersionUID = 1;

  private final transient Shrinking.Strikes strikes;

  /// @param strikes what went wrong in it
  FailedRun(String message, Shrinking.Strikes strikes, Throwable cause) {
    super(message, cause);
    this.strikes = strikes;
  }

  Shrinking.Strikes strikes() {
    return strikes;
  }
}
