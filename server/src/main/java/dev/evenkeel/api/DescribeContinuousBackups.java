package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.router.Catalogue;

/// Tells that a table cannot be restored to a point in time.
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
    PointInTimeRecovery.checkExists(catalogue, request.need(INPUT.tableName));
    return PointInTimeRecovery.off();
  }
}
