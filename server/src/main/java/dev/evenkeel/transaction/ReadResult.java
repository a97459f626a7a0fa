package dev.evenkeel.transaction;

import dev.evenkeel.codec.BinaryItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a transaction that reads.
public sealed interface ReadResult {
  /// The items as they were at one moment within the request, in order; null where there is none.
  record Items(List<@Nullable BinaryItem> items) implements ReadResult {}

  /// Other transactions and writes were in the way, again and again.
  ///
  /// @param place of an item for which that is so
  record Conflict(int place) implements ReadResult {}

  /// They cannot be read now, for our fault.
  record Failed(String reason) implements ReadResult {}
}
