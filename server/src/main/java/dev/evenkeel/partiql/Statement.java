package dev.evenkeel.partiql;

import dev.evenkeel.expression.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement as it was written; see [Term].
sealed interface Statement {
  /// @param columns what it returns of each item; empty: all of it
  /// @param where null where there is no such clause
  record Select(
      List<Column> columns,
      String table,
      @Nullable String index,
      @Nullable Term where,
      List<Ordering> orderBy)
      implements Statement {
    public Select {
      columns = List.copyOf(columns);
      orderBy = List.copyOf(orderBy);
    }
  }

  /// @param value the item
  record Insert(String table, Term value) implements Statement {}

  record Update(
      String table, List<Action> actions, @Nullable Term where, @Nullable Returning returning)
      implements Statement {
    public Update {
      actions = List.copyOf(actions);
    }
  }

  record Delete(String table, @Nullable Term where, @Nullable Returning returning)
      implements Statement {}

  /// The condition of a transaction.
  record Exists(Select select) implements Statement {}

  record Column(Path path, Token at) {}

  record Ordering(Path path, boolean descending, Token at) {}

  sealed interface Action {
    Path path();

    record Set(Path path, Term value) implements Action {}

    record Remove(Path path) implements Action {}
  }

  /// The part of the item that an update or a deletion returns.
  ///
  /// @param all whether the whole item, not only what was modified
  /// @param old whether as it was before
  record Returning(boolean all, boolean old) {
    @Override
    public String toString() {
      return (all ? "ALL" : "MODIFIED") + (old ? " OLD *" : " NEW *");
    }
  }
}
