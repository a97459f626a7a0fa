package dev.evenkeel.http;

/// What the node behind the endpoint says of itself. Asked on an event loop: must not block.
@FunctionalInterface
public interface NodeState {
  /// For `GET /health`.
  Health health();

  /// For `GET /status`: a JSON object.
  default String status() {
    return "{}";
  }
}
