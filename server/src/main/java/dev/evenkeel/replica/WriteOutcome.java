package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a write.
public sealed interface WriteOutcome {
  /// Durable on a quorum and applied.
  ///
  /// @param before the item before, or null
  /// @param after the item after, or null
  /// @param indexHalves half write units by name of local or global index, only those that were
  ///   written
  /// @param collectionBytes bytes of the item collection afterwards; −1 without local indexes
  record Applied(
      @Nullable BinaryItem before,
      @Nullable BinaryItem after,
      Map<String, Long> indexHalves,
      long collectionBytes)
      implements WriteOutcome {}

  /// The condition did not hold of this item; nothing changed.
  record ConditionFailed(@Nullable BinaryItem item) implements WriteOutcome {}

  /// The change does not fit the item; nothing changed.
  record Rejected(ApiException error) implements WriteOutcome {}

  /// Nothing changed, for our fault: try again later.
  record Unavailable(String reason) implements WriteOutcome {}

  /// Nothing changed: this replica does not lead its group. The router asks another; a caller of
  /// the API never sees it as such.
  ///
  /// @param hint the node that leads, as far as this one knows; 0: it does not know
  record NotLeader(long hint) implements WriteOutcome {}

  /// May have been applied, or may be after a restart: the caller must not take it for a failure.
  record Unknown(String reason) implements WriteOutcome {}
}
