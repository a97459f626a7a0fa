package dev.evenkeel.suite;

/// One line of the report.
///
/// @param name what was measured
/// @param value what came out
/// @param target what it should be, or empty where there is none
/// @param met whether the target is met
/// @param detail how the value came about
record Figure(String name, String value, String target, boolean met, String detail) {
  /// A figure that only informs.
  static Figure note(String name, String value, String detail) {
    return new Figure(name, value, "", true, detail);
  }

  /// One word for the report.
  String verdict() {
    return target.isEmpty() ? "" : met ? "met" : "**missed**";
  }
}
