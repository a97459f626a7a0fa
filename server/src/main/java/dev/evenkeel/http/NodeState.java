package dev.evenkeel.http;

import dev.evenkeel.model.ApiException;

/// What the node behind the endpoint says of itself. Asked on an event loop: must not block, where
/// it does not say otherwise.
@FunctionalInterface
public interface NodeState {
  /// For `GET /health`.
  Health health();

  /// For `GET /status`: a JSON object.
  default String status() {
    return "{}";
  }

  /// For `POST /ttl/sweep`: deletes what has expired of a table. Not asked on an event loop:
  /// blocks.
  ///
  /// @return how many items it has deleted
  /// @throws ApiException where it cannot be done; its text goes to whoever asked
  default long sweep(String table) {
    throw ApiException.resourceNotFound();
  }
}
