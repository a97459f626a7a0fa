package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.router.Catalogue;

/// Tells that a table cannot be restored to a point in time: nothing can turn that on yet. The
/// outer status is ENABLED for every table of AWS, too.
final class DescribeContinuousBackups implements Operation.Blocking {
  private static final TableShapes.Named INPUT =
      new TableShapes.Named("DescribeContinuousBackupsInput");

  private final Catalogue catalogue;

  DescribeContinuousBackups(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "DescribeContinuousBackups";
  }

  @Override
  public Structure input() {
    return INPUT.shape;
  }

  @Override
  public Response run(Members request) {
    String name = request.need(INPUT.tableName);
    if (catalogue.find(name) == null) {
      throw ApiException.of(ApiException.Kind.TABLE_NOT_FOUND, "Table not found: " + name);
    }
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
