package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;

/// Marks a table for deletion; autoadmin then drops its partition and forgets it.
final class DeleteTable implements Operation.Blocking {
  private static final TableShapes.Named INPUT = new TableShapes.Named("DeleteTableInput");

  private final Catalogue catalogue;
  private final TableJson json;
  private final Settling settling;

  DeleteTable(Catalogue catalogue, TableJson json, Settling settling) {
    this.catalogue = catalogue;
    this.json = json;
    this.settling = settling;
  }

  @Override
  public String name() {
    return "DeleteTable";
  }

  @Override
  public Structure input() {
    return INPUT.shape;
  }

  @Override
  public Response run(Members request) {
    Table deleted =
        catalogue.change(
            request.need(INPUT.tableName),
            table -> {
              TableStates.checkChangeable(table);
              TableStates.checkNoIndexInTheMaking(table);
              checkUnprotected(table);
              return table.with(Table.Status.DELETING);
            });
    settling.await(deleted);
    return json.answer("TableDescription", deleted);
  }

  private static void checkUnprotected(Table table) {
    if (table.settings().deletionProtected()) {
      throw ApiException.validation(
          "Resource cannot be deleted as it is currently protected against deletion. Disable"
              + " deletion protection first.");
    }
  }
}
