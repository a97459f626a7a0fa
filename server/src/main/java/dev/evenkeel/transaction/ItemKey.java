package dev.evenkeel.transaction;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.TableSchema;
import org.jspecify.annotations.Nullable;

/// An item that a transaction reads.
///
/// @param sort null where the table has no sort key
public record ItemKey(TableSchema table, AttributeValue partition, @Nullable AttributeValue sort) {
  byte[] stored() {
    return StoredKeys.item(table.id(), partition, sort);
  }
}
