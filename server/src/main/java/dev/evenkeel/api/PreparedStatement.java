package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partiql.Columns;
import dev.evenkeel.partiql.ReadPlan;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.WriteOutcome;
import org.jspecify.annotations.Nullable;

/// A statement as the request of a native operation: what PutItem, UpdateItem, DeleteItem, GetItem,
/// Query or Scan would send.
sealed interface PreparedStatement {
  /// As the statement names it.
  String tableName();

  /// @param insert whether a failed condition means that the item is there
  /// @param returned the part of the item that the statement returns
  record Write(String tableName, ItemWrite write, boolean insert, WriteAnswer.Attributes returned)
      implements PreparedStatement {
    /// @param onFailure the request's ReturnValuesOnConditionCheckFailure
    /// @throws ApiException for every outcome but `Applied`
    WriteOutcome.Applied applied(WriteOutcome outcome, @Nullable String onFailure) {
      if (insert && outcome instanceof WriteOutcome.ConditionFailed) {
        throw ApiException.of(
            ApiException.Kind.DUPLICATE_ITEM, "Duplicate primary key exists in table");
      }
      return WriteAnswer.applied(outcome, onFailure);
    }

    /// What the statement returns, or null for nothing.
    @Nullable BinaryItem returned(WriteOutcome.Applied applied) {
      @Nullable BinaryItem item = returned.of(applied);
      return item == null || item.count() == 0 ? null : item;
    }
  }

  /// The read of one item by its key.
  record ItemRead(String tableName, TableSchema table, ItemKeys.Key key, Columns columns)
      implements PreparedStatement {}

  /// The read of pages.
  ///
  /// @param range the table or the index
  record Search(
      String tableName, TableSchema table, SearchRange range, ReadPlan plan, Columns columns)
      implements PreparedStatement {}
}
