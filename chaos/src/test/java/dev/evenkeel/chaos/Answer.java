package dev.evenkeel.chaos;

import java.util.Map;

/// An answer that arrived whole.
record Answer(int status, String body) {
  boolean isDone() {
    return status == 200;
  }

  /// The server refused or failed: the write may or may not have been applied.
  boolean isServerError() {
    return status >= 500;
  }

  boolean isConditionFailed() {
    return status == 400 && body.contains("ConditionalCheckFailedException");
  }

  /// Whatever else it is has no excuse.
  void mustBeServerError() {
    if (!isServerError()) {
      throw new AssertionError("refused for no reason: " + this);
    }
  }

  /// Whether it is an error of that name.
  boolean isError(String name) {
    return status >= 400 && body.contains("#" + name + "\"");
  }

  Map<?, ?> json() {
    return Json.object(body);
  }
}
