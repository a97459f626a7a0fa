package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableIndex;

/// Which states of a table let it be changed.
final class TableStates {
  private static final String IN_USE =
      "Attempt to change a resource which is still in use: Table is being ";

  private TableStates() {}

  /// @throws ApiException a ResourceInUseException unless the table is ACTIVE
  static void checkChangeable(Table table) {
    switch (table.status()) {
      case ACTIVE -> {}
      case CREATING -> throw inUse("created", table);
      case UPDATING -> throw inUse("updated", table);
      case DELETING -> throw inUse("deleted", table);
    }
  }

  /// @throws ApiException a ResourceInUseException while a global index is made
  static void checkNoIndexInTheMaking(Table table) {
    for (TableIndex index : table.derivation().globalIndexes()) {
      if (index.status() == TableIndex.Status.CREATING) {
        throw ApiException.of(
            ApiException.Kind.RESOURCE_IN_USE,
            "Attempt to change a resource which is still in use: Index is being created. Table: "
                + table.name()
                + " Index: "
                + index.name());
      }
    }
  }

  private static ApiException inUse(String what, Table table) {
    return ApiException.of(ApiException.Kind.RESOURCE_IN_USE, IN_USE + what + ": " + table.name());
  }
}
