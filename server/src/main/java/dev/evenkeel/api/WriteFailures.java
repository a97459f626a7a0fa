package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.WriteOutcome;

/// The errors that a caller sees when a write did not succeed.
final class WriteFailures {
  private WriteFailures() {}

  static ApiException error(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Rejected(var error) -> error;
      case WriteOutcome.Unavailable(var reason) ->
          ApiException.of(
              ApiException.Kind.SERVICE_UNAVAILABLE,
              "The service cannot take this write now: " + reason);
      case WriteOutcome.NotLeader _ ->
          ApiException.of(
              ApiException.Kind.SERVICE_UNAVAILABLE,
              "The service cannot take this write now: the partition has no leader that is known");
      case WriteOutcome.Unknown(var reason) ->
          ApiException.internal(
              "The outcome of this write is unknown, it may have happened: " + reason);
      case WriteOutcome.ConditionFailed _ ->
          ApiException.of(
              ApiException.Kind.CONDITIONAL_CHECK_FAILED, "The conditional request failed");
      case WriteOutcome.Conflict _ ->
          ApiException.of(
              ApiException.Kind.TRANSACTION_CONFLICT, "Transaction is ongoing for the item");
      case WriteOutcome.OfSeveral _ ->
          throw new IllegalArgumentException("not the outcome of a single write");
      case WriteOutcome.Applied _ -> throw new IllegalArgumentException("the write was applied");
    };
  }
}
