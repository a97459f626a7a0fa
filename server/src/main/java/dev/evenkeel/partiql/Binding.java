package dev.evenkeel.partiql;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.partiql.BoundStatement.Returning;
import org.jspecify.annotations.Nullable;

/// Gives a statement's clauses their meaning.
final class Binding {
  private final Values values;
  private final ConditionCompiler conditions;

  Binding(Values values) {
    this.values = values;
    this.conditions = new ConditionCompiler(values);
  }

  BoundStatement bind(Statement statement) {
    return switch (statement) {
      case Statement.Select select -> new BoundStatement.Select(select, where(select.where()));
      case Statement.Insert(String table, Term value) ->
          new BoundStatement.Insert(table, values.item(value));
      case Statement.Update update ->
          new BoundStatement.Modify(
              update.table(),
              new UpdateCompiler(values).compile(update.actions()),
              where(update.where()),
              returning(update.returning()));
      case Statement.Delete delete -> delete(delete);
      case Statement.Exists(Statement.Select select) -> check(select);
    };
  }

  private BoundStatement delete(Statement.Delete delete) {
    @Nullable Returning returning = returning(delete.returning());
    if (returning != null && returning != Returning.ALL_OLD) {
      throw ApiException.validation(
          "This statement does not take RETURNING "
              + delete.returning()
              + ": a DELETE takes ALL OLD * only");
    }
    return new BoundStatement.Delete(delete.table(), where(delete.where()), returning);
  }

  private BoundStatement check(Statement.Select select) {
    if (select.index() != null) {
      throw ApiException.validation("An index takes no writes");
    }
    return new BoundStatement.Check(select.table(), where(select.where()));
  }

  private @Nullable Condition where(@Nullable Term where) {
    return where == null ? null : conditions.compile(where);
  }

  private static @Nullable Returning returning(Statement.@Nullable Returning written) {
    if (written == null) {
      return null;
    }
    if (written.all()) {
      return written.old() ? Returning.ALL_OLD : Returning.ALL_NEW;
    }
    return written.old() ? Returning.MODIFIED_OLD : Returning.MODIFIED_NEW;
  }
}
