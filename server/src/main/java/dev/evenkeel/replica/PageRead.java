package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A page of items, or of local index entries, in key order.
///
/// @param range the stored keys to read, `[from, to)`, of one kind
/// @param descending from the end of the range
/// @param itemsMax how many items are evaluated at most
/// @param bytesMax the page ends with the item that brings the bytes evaluated, entries and fetched
///   items, to this
/// @param filter which of the evaluated items are returned
/// @param fetch for an index entry, the stored key of its item, to be read in place of the entry;
///   or null: return the entry itself
public record PageRead(
    StoredKeys.Range range,
    boolean descending,
    int itemsMax,
    long bytesMax,
    Predicate<BinaryItem> filter,
    @Nullable Fetch fetch) {

  /// Leads from an index entry to its item.
  public interface Fetch {
    byte[] storedKey(BinaryItem entry);
  }
}
