package dev.evenkeel.autoadmin;

/// Told of what went wrong and will be tried again.
@FunctionalInterface
public interface Problems {
  /// @param status where the table is stuck
  void stepFailed(String table, String status, Exception cause);
}
