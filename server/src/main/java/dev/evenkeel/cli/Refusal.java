package dev.evenkeel.cli;

/// Why the program does not do what it was asked to, in one line for the person who asked.
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Refusal(String message, int exitCode) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /// The state of the machine does not allow it: a port in use, a directory that is not ours.
  public static Refusal because(String reason) {
    return new Refusal(reason, ExitCodes.REFUSED);
  }

  /// The request itself makes no sense: a setting that cannot be read.
  static Refusal misuse(String reason) {
    return new Refusal(reason, ExitCodes.MISUSE);
  }

  int exitCode() {
    return exitCode;
  }
}
