package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.TableSchema;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One conditional change of one item.
///
/// @param table the item's table
/// @param partition the item's partition key
/// @param sort the item's sort key, null where the table has none
/// @param condition holds of the item before the change (null: there is none), or null: no
///   condition
/// @param change from the item before to the item after
public record ItemWrite(
    TableSchema table,
    AttributeValue partition,
    @Nullable AttributeValue sort,
    @Nullable Condition condition,
    Change change) {

  /// What must hold of the item before it is changed.
  public interface Condition extends Predicate<@Nullable BinaryItem> {}

  /// How an item changes. Pure; may be called again.
  public interface Change {
    /// @param before the item, or null where there is none
    /// @return the item afterwards, or null for a deletion
    /// @throws dev.evenkeel.model.ApiException when the change does not fit the item
    @Nullable BinaryItem apply(@Nullable BinaryItem before);
  }

  byte[] storedKey() {
    return StoredKeys.item(table.id(), partition, sort);
  }
}
