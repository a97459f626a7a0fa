package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import org.jspecify.annotations.Nullable;

/// What became of a read of one item.
public sealed interface ReadOutcome {
  /// The item, or null where there is none.
  record Item(@Nullable BinaryItem item) implements ReadOutcome {}

  /// The item could not be read, for our fault.
  record Failed(String reason) implements ReadOutcome {}
}
