package dev.evenkeel.transaction;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.WriteOutcome;
import java.util.List;

/// What became of a transaction that writes.
public sealed interface WriteResult {
  /// It has happened.
  ///
  /// @param effects one for each action, in order
  record Committed(List<WriteOutcome.Effect> effects) implements WriteResult {}

  /// It had happened before, under the same token; this time nothing changed.
  record Repeated() implements WriteResult {}

  /// It does not happen.
  ///
  /// @param reasons one for each action, in order
  record Canceled(List<WriteOutcome.Reason> reasons) implements WriteResult {}

  /// One with the same token is under way.
  record InProgress() implements WriteResult {}

  /// The token belongs to a transaction with other actions.
  record Mismatch() implements WriteResult {}

  /// It does not happen, and the caller is told so.
  record Refused(ApiException error) implements WriteResult {}

  /// It does not happen, for our fault: try again later.
  record Unavailable(String reason) implements WriteResult {}

  /// It may have happened, or may yet: the caller must not take it for a failure.
  record Unknown(String reason) implements WriteResult {}
}
