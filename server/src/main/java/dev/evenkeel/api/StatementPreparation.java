package dev.evenkeel.api;

import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partiql.BoundStatement;
import dev.evenkeel.partiql.BoundStatement.Returning;
import dev.evenkeel.partiql.ReadPlan;
import dev.evenkeel.replica.ItemWrite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns statements into requests of the native operations, once their tables are known.
final class StatementPreparation {
  private final ItemService service;

  StatementPreparation(ItemService service) {
    this.service = service;
  }

  /// @param consistent the request's ConsistentRead
  /// @throws ApiException a ResourceNotFoundException; a ValidationException, when the statement
  ///   does not fit the table
  PreparedStatement prepare(BoundStatement statement, boolean consistent) {
    if (statement instanceof BoundStatement.Insert(String _, BinaryItem item)) {
      ItemWrites.checkSize(item);
    }
    String tableName = statement.table();
    Table known = known(tableName);
    TableSchema table = known.schema();
    KeySchema keys = table.keys();
    return switch (statement) {
      case BoundStatement.Select select -> select(known, select, consistent);
      case BoundStatement.Insert insert ->
          new PreparedStatement.Write(
              tableName,
              ItemWrites.put(known, insert.item(), insert.condition(keys)),
              true,
              WriteAnswer.Attributes.NONE);
      case BoundStatement.Modify modify -> {
        BoundStatement.Keyed keyed = modify.on(keys);
        yield new PreparedStatement.Write(
            tableName,
            ItemWrites.update(table, keyed.key(), modify.update(), keyed.condition()),
            false,
            returned(modify));
      }
      case BoundStatement.Delete delete -> {
        BoundStatement.Keyed keyed = delete.on(keys);
        yield new PreparedStatement.Write(
            tableName,
            ItemWrites.delete(table, keyed.key(), keyed.condition()),
            false,
            delete.returning() == null
                ? WriteAnswer.Attributes.NONE
                : WriteAnswer.Attributes.ALL_OLD);
      }
      case BoundStatement.Check _ ->
          throw ApiException.validation("EXISTS may stand in ExecuteTransaction only");
    };
  }

  private Table known(String tableName) {
    if (!tableName.startsWith("arn:") && !Shape.isTableName(tableName)) {
      throw ApiException.validation(
          "A table's name has 3 to 255 letters, digits, '-', '_' and '.': " + tableName);
    }
    return service.known(tableName);
  }

  /// @throws ApiException as [#prepare]
  ItemWrite check(BoundStatement.Check check) {
    TableSchema table = known(check.table()).schema();
    BoundStatement.Keyed keyed = check.on(table.keys());
    ItemKeys.Key key = ItemKeys.ofKey(table.keys(), keyed.key());
    return new ItemWrite(
        table, key.partition(), key.sort(), keyed.condition(), ItemWrite.Change.Check.INSTANCE);
  }

  private static WriteAnswer.Attributes returned(BoundStatement.Modify modify) {
    @Nullable Returning returning = modify.returning();
    return switch (returning) {
      case null -> WriteAnswer.Attributes.NONE;
      case ALL_OLD -> WriteAnswer.Attributes.ALL_OLD;
      case ALL_NEW -> WriteAnswer.Attributes.ALL_NEW;
      case MODIFIED_OLD -> WriteAnswer.Attributes.updatedOld(modify.update());
      case MODIFIED_NEW -> WriteAnswer.Attributes.updatedNew(modify.update());
    };
  }

  private PreparedStatement select(Table known, BoundStatement.Select select, boolean consistent) {
    TableSchema table = known.schema();
    GlobalIndex global = service.globalIndex(known, select.index(), false);
    if (global != null) {
      if (consistent) {
        throw ApiException.validation(
            "Strongly consistent read is not supported on Global Secondary Indexes");
      }
      return new PreparedStatement.Search(
          select.table(), table, new GlobalRange(global), plan(select, global), select.columns());
    }
    QueryRange range = new QueryRange(table, index(table, select.index()));
    ReadPlan plan = select.plan(range.keys());
    if (plan instanceof ReadPlan.Item(AttributeValue partition, @Nullable AttributeValue sort)) {
      ItemKeys.Key key = ItemKeys.ofKey(table.keys(), key(table.keys(), partition, sort));
      return new PreparedStatement.ItemRead(select.table(), table, key, select.columns());
    }
    return new PreparedStatement.Search(select.table(), table, range, plan, select.columns());
  }

  /// Keys of one partition attribute and at most one sort attribute are found in the condition;
  /// else all of the index is read through it.
  private static ReadPlan plan(BoundStatement.Select select, GlobalIndex index) {
    List<KeySchema.KeyAttribute> partition = index.keys().partition();
    List<KeySchema.KeyAttribute> sort = index.keys().sort();
    return partition.size() == 1 && sort.size() <= 1
        ? select.plan(new KeySchema(partition.getFirst(), sort.isEmpty() ? null : sort.getFirst()))
        : select.whole();
  }

  private static @Nullable LocalIndex index(TableSchema table, @Nullable String name) {
    if (name == null) {
      return null;
    }
    for (LocalIndex index : table.localIndexes()) {
      if (index.name().equals(name)) {
        return index;
      }
    }
    throw ApiException.validation("The table has no such index");
  }

  private static BinaryItem key(
      KeySchema keys, AttributeValue partition, @Nullable AttributeValue sort) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    key.put(keys.partition().name(), partition);
    KeySchema.KeyAttribute sortKey = keys.sort();
    if (sortKey != null && sort != null) {
      key.put(sortKey.name(), sort);
    }
    return BinaryItem.of(key);
  }
}
