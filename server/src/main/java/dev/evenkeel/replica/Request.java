package dev.evenkeel.replica;

import dev.evenkeel.model.PartitionSchema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one node may ask of a replica on another. See [RequestCodec] for its wire form.
public sealed interface Request {
  /// Whoever asks gives up after this: by then every request has an answer, be it that nobody
  /// knows.
  Duration DEADLINE = Duration.ofSeconds(5);

  /// What one entry of several writes carries, but for the item that brings it there. An item with
  /// all that hangs on it takes less than three times as much.
  long BATCH_BYTES = 1 << 20;

  /// The replication group that is asked.
  long group();

  /// What changes the partition: asked of the leader, answered with a [WriteOutcome].
  sealed interface Change extends Request {}

  record Write(long group, ItemWrite write) implements Change {}

  /// Writes of different items, each of which succeeds or fails alone. What succeeds is one entry,
  /// so the puts among them together should hold no more than [#BATCH_BYTES]. Answered with `Each`.
  record WriteEach(long group, List<ItemWrite> writes) implements Change {}

  /// Tells the partition what to do with changes from here on. A schema of a generation that the
  /// partition has already, or of a lower one, changes nothing.
  record Configure(long group, PartitionSchema schema) implements Change {}

  /// Lets change records go that nobody needs any more.
  ///
  /// @param upTo the newest of them
  /// @param generation of the schema of whose followers that was found: where the partition has
  ///   another meanwhile, a new follower may need them, and nothing changes
  record Forget(long group, ChangePosition upTo, long generation) implements Change {}

  /// Has a global index follow a partition of its table. Where the index is not at the batch's
  /// beginning nothing changes, and the answer is a condition that failed with the item of its
  /// [IndexPosition]: so a batch that comes twice, late or out of turn does no harm.
  ///
  /// @param group of the index's partition
  record Follow(long group, IndexBatch batch) implements Change {}

  /// Makes expiry entries for items that were there before their table's items expired.
  ///
  /// @param attribute the one meant; where the partition's is another, nothing changes
  /// @param items stored keys of items that may lack theirs
  /// @param next from where the filling goes on; empty when it is finished
  @SuppressWarnings("ArrayRecordComponent")
  record FillExpiry(long group, String attribute, List<byte[]> items, byte[] next)
      implements Change {}

  /// The first phase of a transaction of several groups: judges its actions here and, if all can be
  /// done, locks their items until [Finish]. Answered with `Transacted` or `Canceled`.
  record Prepare(long group, Transaction transaction, List<TransactionAction> actions)
      implements Change {}

  /// A whole transaction of one group, as one entry. Answered with `Transacted`, `Canceled`,
  /// `TooLarge` or `OtherEpoch`.
  ///
  /// @param mark what it leaves, because the ledger has to know of it; or null
  record Transact(long group, @Nullable Mark mark, List<TransactionAction> actions)
      implements Change {}

  /// The second phase: does what was prepared, or gives it up, and unlocks. Repeatable. Answered
  /// with `Applied`.
  ///
  /// @param commitMicros what the transaction's commit time is at least, µs since 1970
  record Finish(long group, TransactionId transaction, boolean commits, long commitMicros)
      implements Change {}

  /// Whether a transaction of this group alone has happened. Answered with `Happened`.
  ///
  /// @param ends whether it must not happen from here on: then the group goes on to the next epoch
  record AskMark(long group, Mark mark, boolean ends) implements Change {}

  /// Removes marks of which the ledger knows. Repeatable. Answered with `Applied`.
  record Unmark(long group, List<TransactionId> transactions) implements Change {}

  /// What is asked of several items at one moment: of the leader, answered with a
  /// [TogetherOutcome].
  sealed interface Together extends Request {
    /// Stored keys of items.
    List<byte[]> keys();
  }

  /// The items.
  record ReadTogether(long group, List<byte[]> keys) implements Together {}

  /// Whether none of them has changed, or is being changed.
  ///
  /// @param since as of that slot
  record StillTogether(long group, List<byte[]> keys, long since) implements Together {}

  /// One item.
  ///
  /// @param key its stored key
  /// @param consistent of the leader; else of any storage replica
  @SuppressWarnings("ArrayRecordComponent")
  record Read(long group, byte[] key, boolean consistent) implements Request {}

  /// A page of items.
  ///
  /// @param consistent of the leader; else of any storage replica
  record ReadPage(long group, PageRead page, boolean consistent) implements Request {}

  /// Change records behind a position.
  ///
  /// @param bytesMax not exceeded but by the first record
  /// @param consistent of the leader; else of any storage replica
  record ReadChanges(
      long group, ChangePosition after, int recordsMax, long bytesMax, boolean consistent)
      implements Request {}
}
