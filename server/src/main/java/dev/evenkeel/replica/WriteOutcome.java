package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import java.util.List;
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

  /// What one of several writes does: as much of `Applied` as its capacity needs.
  ///
  /// @param bytesBefore of the item before, 0 where there was none
  /// @param bytesAfter of the item after, 0 where there is none
  /// @param indexHalves half write units by name of local or global index
  /// @param collectionBytes bytes of the item collection afterwards; −1 without local indexes
  record Effect(
      long bytesBefore, long bytesAfter, Map<String, Long> indexHalves, long collectionBytes) {
    public static Effect of(Applied applied) {
      return new Effect(
          BinaryItem.sizeOf(applied.before),
          BinaryItem.sizeOf(applied.after),
          applied.indexHalves,
          applied.collectionBytes);
    }
  }

  /// The condition did not hold of this item; nothing changed.
  record ConditionFailed(@Nullable BinaryItem item) implements WriteOutcome {}

  /// The change does not fit the item; nothing changed.
  record Rejected(ApiException error) implements WriteOutcome {}

  /// A transaction is ongoing for the item; nothing changed.
  record Conflict() implements WriteOutcome {}

  /// What only requests that name several items meet.
  sealed interface OfSeveral extends WriteOutcome {}

  /// What became of writes that were sent together.
  ///
  /// @param parts one for each, in order
  record Each(List<Part> parts) implements OfSeveral {}

  /// What became of one of several writes.
  sealed interface Part {
    /// It is applied.
    record Done(Effect effect) implements Part {}

    /// @param outcome none of those that mean success
    record NotDone(WriteOutcome outcome) implements Part {}
  }

  /// All actions are done, or (`Prepare`) can be and wait for the end.
  ///
  /// @param commitMicros commit time of the entry, µs since 1970
  record Transacted(long commitMicros, List<Effect> effects) implements OfSeveral {}

  /// None of the actions is done.
  ///
  /// @param reasons one for each action, in order
  record Canceled(List<Reason> reasons) implements OfSeveral {}

  /// Why an action of a transaction cannot be done.
  sealed interface Reason {
    /// It can.
    record None() implements Reason {
      public static final None INSTANCE = new None();
    }

    /// Its condition does not hold.
    ///
    /// @param item which was asked for, or null
    record ConditionFailed(@Nullable BinaryItem item) implements Reason {}

    /// The change does not fit the item.
    record Rejected(ApiException error) implements Reason {}

    /// Another transaction is ongoing for its item.
    record Conflict() implements Reason {
      public static final Conflict INSTANCE = new Conflict();
    }
  }

  /// The actions do not fit into one entry: a transaction of this group alone has to be prepared
  /// and finished as one of several. Nothing changed.
  record TooLarge() implements OfSeveral {}

  /// The group's transactions are in another epoch than the request's mark says. Nothing changed.
  ///
  /// @param epoch the group's
  record OtherEpoch(long epoch) implements OfSeveral {}

  /// Whether a transaction has happened.
  record Happened(boolean happened) implements OfSeveral {}

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
