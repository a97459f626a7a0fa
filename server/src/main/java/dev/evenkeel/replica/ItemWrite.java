package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One conditional change of one item. All data, so that it can go to the leader on another node.
///
/// @param table the item's table
/// @param partition the item's partition key
/// @param sort the item's sort key, null where the table has none
/// @param condition what must hold of the item before it is changed, bound; or null: no condition
/// @param change from the item before to the item after
public record ItemWrite(
    TableSchema table,
    AttributeValue partition,
    @Nullable AttributeValue sort,
    @Nullable Condition condition,
    Change change) {

  /// How an item changes.
  public sealed interface Change {
    /// @param item takes the place of whatever is there
    record Put(BinaryItem item) implements Change {}

    record Delete() implements Change {
      public static final Delete INSTANCE = new Delete();
    }

    /// Deletes the item if it has expired, by what the partition knows of expiry.
    ///
    /// @param now seconds since 1970
    record Expire(long now) implements Change {}

    /// Changes nothing: the condition is all that matters.
    record Check() implements Change {
      public static final Check INSTANCE = new Check();
    }

    /// @param update bound; an item that is not there starts from its key
    record Modify(Update update) implements Change {}
  }

  byte[] storedKey() {
    return StoredKeys.item(table.id(), partition, sort);
  }

  /// Bytes of the item that is put; 0 where none is.
  public int bytes() {
    return change instanceof Change.Put(var item) ? item.bytes().length : 0;
  }

  /// Whether the condition holds of the item, null where there is none.
  boolean mayChange(@Nullable BinaryItem before) {
    return condition == null || condition.test(before);
  }

  /// Pure; may be called again.
  ///
  /// @param before the item, or null where there is none
  /// @return the item afterwards, or null for a deletion
  /// @throws dev.evenkeel.model.ApiException when the change does not fit the item
  @Nullable BinaryItem changed(@Nullable BinaryItem before) {
    return switch (change) {
      case Change.Put(var item) -> item;
      case Change.Delete _, Change.Expire _ -> null;
      case Change.Check _ -> before;
      case Change.Modify(var update) ->
          update.apply(before, before == null ? keyAttributes() : Map.of());
    };
  }

  /// Checks what becomes of the item against the keys of all indexes.
  ///
  /// @throws dev.evenkeel.model.ApiException a ValidationException with AWS's text
  void check(BinaryItem after, List<GlobalIndex> globalIndexes) {
    IndexKeys.check(
        table,
        globalIndexes,
        after,
        change instanceof Change.Modify ? IndexKeys.Origin.UPDATE : IndexKeys.Origin.PUT);
  }

  private Map<String, AttributeValue> keyAttributes() {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    key.put(table.keys().partition().name(), partition);
    KeyAttribute sortAttribute = table.keys().sort();
    if (sortAttribute != null && sort != null) {
      key.put(sortAttribute.name(), sort);
    }
    return key;
  }
}
