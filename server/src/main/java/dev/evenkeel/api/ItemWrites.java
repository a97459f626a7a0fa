package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.KeyAttributes;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import org.jspecify.annotations.Nullable;

/// Single-item writes whose keys, conditions and changes fit their table, whatever operation asks
/// for them.
///
/// Every method throws a ValidationException, with AWS's text, for what does not fit.
final class ItemWrites {
  private ItemWrites() {}

  /// To be called before the table is known.
  static void checkSize(BinaryItem item) {
    if (item.size() > Limits.ITEM_BYTES_MAX) {
      throw ApiException.validation("Item size has exceeded the maximum allowed size");
    }
  }

  static ItemWrite put(Table table, BinaryItem item, @Nullable Condition condition) {
    ItemKeys.Key key = ItemKeys.ofItem(table, item);
    return write(table.schema(), key, condition, new ItemWrite.Change.Put(item));
  }

  /// @param given the key, and nothing else
  static ItemWrite update(
      TableSchema table, BinaryItem given, Update update, @Nullable Condition condition) {
    ItemKeys.Key key = ItemKeys.ofKey(table.keys(), given);
    update.refuseKeys(table.keys());
    KeyAttributes.requireScalars(update, table.keys(), table.indexKeys());
    return write(table, key, condition, new ItemWrite.Change.Modify(update));
  }

  /// @param given the key, and nothing else
  static ItemWrite delete(TableSchema table, BinaryItem given, @Nullable Condition condition) {
    ItemKeys.Key key = ItemKeys.ofKey(table.keys(), given);
    return write(table, key, condition, ItemWrite.Change.Delete.INSTANCE);
  }

  private static ItemWrite write(
      TableSchema table, ItemKeys.Key key, @Nullable Condition condition, ItemWrite.Change change) {
    return new ItemWrite(
        table, key.partition(), key.sort(), ConditionParameters.on(condition, table), change);
  }
}
