package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.WriteOutcome.Reason;
import dev.evenkeel.transaction.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The errors that a caller sees when a transaction did not succeed.
final class TransactionErrors {
  /// Faults of values, which AWS refuses before it looks at any item.
  private static final String NOT_VALID = "One or more parameter values are not valid.";

  private TransactionErrors() {}

  /// @throws IllegalArgumentException when nothing went wrong
  static ApiException of(WriteResult result) {
    return switch (result) {
      case WriteResult.Canceled(var reasons) -> canceled(reasons);
      case WriteResult.InProgress _ ->
          ApiException.of(
              ApiException.Kind.TRANSACTION_IN_PROGRESS,
              "The transaction with the given request token is already in progress.");
      case WriteResult.Mismatch _ ->
          ApiException.of(
              ApiException.Kind.IDEMPOTENT_PARAMETER_MISMATCH,
              "DynamoDB rejected the request because you retried a request with a different payload"
                  + " but with an idempotent token that was already used.");
      case WriteResult.Refused(var error) -> error;
      case WriteResult.Unavailable(var reason) ->
          ApiException.of(
              ApiException.Kind.SERVICE_UNAVAILABLE,
              "The service cannot carry this transaction out now: " + reason);
      case WriteResult.Unknown(var reason) ->
          ApiException.internal(
              "The outcome of this transaction is unknown, it may have happened: " + reason);
      case WriteResult.Committed _, WriteResult.Repeated _ ->
          throw new IllegalArgumentException("the transaction has happened");
    };
  }

  /// A TransactionCanceledException with all reasons in order; or the ValidationException of a
  /// value that no item can have.
  static ApiException canceled(List<Reason> reasons) {
    List<String> codes = new ArrayList<>();
    List<Map<String, Object>> members = new ArrayList<>();
    for (Reason reason : reasons) {
      if (reason instanceof Reason.Rejected(var error) && isOfValue(error)) {
        return error;
      }
      Map<String, Object> member = member(reason);
      codes.add(String.valueOf(member.get("Code")));
      members.add(member);
    }
    return ApiException.with(
        ApiException.Kind.TRANSACTION_CANCELED,
        "Transaction cancelled, please refer cancellation reasons for specific reasons ["
            + String.join(", ", codes)
            + "]",
        Map.of("CancellationReasons", members));
  }

  private static boolean isOfValue(ApiException error) {
    return error.kind() == ApiException.Kind.VALIDATION
        && String.valueOf(error.getMessage()).startsWith(NOT_VALID);
  }

  private static Map<String, Object> member(Reason reason) {
    Map<String, Object> member = new LinkedHashMap<>();
    switch (reason) {
      case Reason.None _ -> member.put("Code", "None");
      case Reason.Conflict _ -> {
        member.put("Code", "TransactionConflict");
        member.put("Message", "Transaction is ongoing for the item");
      }
      case Reason.ConditionFailed(var item) -> {
        member.put("Code", "ConditionalCheckFailed");
        member.put("Message", "The conditional request failed");
        if (item != null) {
          member.put("Item", item);
        }
      }
      case Reason.Rejected(var error) -> {
        member.put("Code", code(error));
        member.put("Message", String.valueOf(error.getMessage()));
      }
    }
    return member;
  }

  private static String code(ApiException error) {
    return switch (error.kind()) {
      case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED -> "ItemCollectionSizeLimitExceeded";
      case PROVISIONED_THROUGHPUT_EXCEEDED -> "ProvisionedThroughputExceeded";
      case THROTTLING, REQUEST_LIMIT_EXCEEDED -> "ThrottlingError";
      default -> "ValidationError";
    };
  }
}
