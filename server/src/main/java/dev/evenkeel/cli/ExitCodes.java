package dev.evenkeel.cli;

/// What the process tells whoever started it.
final class ExitCodes {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int MISUSE = 2;

  /// `EX_SOFTWARE` of sysexits.h.
  static final int BUG = 70;

  private ExitCodes() {}
}
