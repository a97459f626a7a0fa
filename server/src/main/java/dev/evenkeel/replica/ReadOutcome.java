package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import org.jspecify.annotations.Nullable;

/// What became of a read of one item.
public sealed interface ReadOutcome {
  /// The item, or null where there is none.
  record Item(@Nullable BinaryItem item) implements ReadOutcome {}

  /// This replica may not answer: it does not lead its group. The router asks another; a caller of
  /// the API never sees it as such.
  ///
  /// @param hint the node that leads, as far as this one knows; 0: it does not know
  record NotLeader(long hint) implements ReadOutcome {}

  /// The item could not be read, for our fault.
  record Failed(String reason) implements ReadOutcome {}
}
