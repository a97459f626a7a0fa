package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.router.Catalogue;

/// What is said of a table's continuous backups: nothing can turn recovery to a point in time on
/// yet. The outer status is ENABLED for every table of AWS, too.
final class PointInTimeRecovery {
  private PointInTimeRecovery() {}

  /// @throws ApiException a TableNotFoundException
  static void checkExists(Catalogue catalogue, String table) {
    if (catalogue.find(table) == null) {
      throw ApiException.of(ApiException.Kind.TABLE_NOT_FOUND, "Table not found: " + table);
    }
  }

  static Response off() {
    return Response.ok(
        JsonOut.start()
            .object("ContinuousBackupsDescription")
            .string("ContinuousBackupsStatus", "ENABLED")
            .object("PointInTimeRecoveryDescription")
            .string("PointInTimeRecoveryStatus", "DISABLED")
            .end()
            .end());
  }
}
