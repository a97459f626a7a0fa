package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.PartitionSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A write evaluated on the newest state of its item: an answer already, or what to propose.
sealed interface Evaluation {
  /// Nothing to store; the answer holds once the state it was judged by is applied.
  record Settled(WriteOutcome outcome) implements Evaluation {}

  /// @param outcome the answer once the entry is applied
  record Proposed(Growth growth, List<Command.Mutation> mutations, WriteOutcome.Applied outcome)
      implements Evaluation {}

  /// @param key where the item is stored
  /// @param before the newest state of the item, or null where there is none
  /// @param collectionBytes the newest size of its collection; −1 without local indexes
  /// @param schema what the partition does with changes
  static Evaluation of(
      ItemWrite write,
      byte[] key,
      @Nullable BinaryItem before,
      long collectionBytes,
      PartitionSchema schema) {
    Draft draft = Draft.open();
    WriteOutcome outcome =
        draft.change(write, new Draft.Newest(key, before, collectionBytes, schema));
    return outcome instanceof WriteOutcome.Applied applied && !draft.isEmpty()
        ? new Proposed(draft.growth(), draft.mutations(), applied)
        : new Settled(outcome);
  }
}
