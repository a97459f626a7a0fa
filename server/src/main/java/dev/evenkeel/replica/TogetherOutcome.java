package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a look at several items of a partition at one moment.
public sealed interface TogetherOutcome {
  /// As they are together.
  ///
  /// @param slot no entry after this had changed any of them
  /// @param items as asked for, null where there is none; empty when only asked whether they are
  ///   unchanged
  record Items(long slot, List<@Nullable BinaryItem> items) implements TogetherOutcome {}

  /// A transaction is ongoing for an item, or it has changed meanwhile.
  ///
  /// @param place of the first such key among those asked for
  record Conflict(int place) implements TogetherOutcome {}

  /// This replica may not answer: it does not lead its group.
  ///
  /// @param hint the node that leads, as far as this one knows; 0: it does not know
  record NotLeader(long hint) implements TogetherOutcome {}

  /// They could not be read, for our fault.
  record Failed(String reason) implements TogetherOutcome {}
}
