package dev.evenkeel.replica;

import dev.evenkeel.model.AttributeValue.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a global index has to change to follow a partition of its table from one position to
/// another.
///
/// @param base the table's partition
/// @param from where the index has to be, else nothing changes
/// @param to where it is afterwards
/// @param changes each of another key
/// @param size how number and bytes of the index's entries change
public record IndexBatch(
    long base, IndexPosition from, IndexPosition to, List<Change> changes, Size size) {
  public IndexBatch {
    changes = List.copyOf(changes);
  }

  /// @param key of an entry
  /// @param item bytes of what it holds, or null to delete it
  @SuppressWarnings("ArrayRecordComponent")
  public record Change(Bytes key, byte @Nullable [] item) {}

  /// @param bytes by AWS's accounting
  public record Size(long entries, long bytes) {
    public static final Size NONE = new Size(0, 0);

    /// With the change of one entry.
    public Size plus(@Nullable GlobalIndexEntry before, @Nullable GlobalIndexEntry after) {
      return new Size(
          entries + (after == null ? 0 : 1) - (before == null ? 0 : 1),
          bytes
              + (after == null ? 0 : after.item().size())
              - (before == null ? 0 : before.item().size()));
    }
  }
}
