package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A page of items, or of local index entries, in key order. All data, so that it can go to another
/// node.
///
/// @param range the stored keys to read, `[from, to)`, of one kind
/// @param descending from the end of the range
/// @param itemsMax how many items are evaluated at most
/// @param bytesMax the page ends with the item that brings the bytes evaluated, entries and fetched
///   items, to this
/// @param filter which of the evaluated items are returned, bound; or null: all
/// @param fetch for an index entry, where its item is, to be read in place of the entry; or null:
///   return the entry itself
public record PageRead(
    StoredKeys.Range range,
    boolean descending,
    int itemsMax,
    long bytesMax,
    @Nullable Condition filter,
    @Nullable Fetch fetch) {

  /// Leads from an index entry to its item.
  ///
  /// @param table the table's id
  /// @param keys the table's keys, which every index entry holds
  public record Fetch(long table, KeySchema keys) {
    byte[] storedKey(BinaryItem entry) {
      AttributeValue partition = entry.get(keys.partition().name());
      KeyAttribute sort = keys.sort();
      return StoredKeys.item(
          table,
          Objects.requireNonNull(partition, "an index entry holds the table's key"),
          sort == null ? null : entry.get(sort.name()));
    }
  }

  boolean wants(BinaryItem item) {
    return filter == null || filter.test(item);
  }
}
