package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.router.Catalogue;

/// Leaves recovery to a point in time off, and refuses to turn it on.
final class UpdateContinuousBackups implements Operation.Blocking {
  private static final int RECOVERY_DAYS_MAX = 35;

  private static final Structure.Builder SPECIFICATION =
      Structure.of("PointInTimeRecoverySpecification");
  private static final Member<Boolean> ENABLED =
      SPECIFICATION.required("PointInTimeRecoveryEnabled", Shape.bool());

  static {
    SPECIFICATION.optional("RecoveryPeriodInDays", Shape.integer(1, RECOVERY_DAYS_MAX));
  }

  private static final Structure.Builder INPUT = Structure.of("UpdateContinuousBackupsInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<Members> RECOVERY =
      INPUT.required("PointInTimeRecoverySpecification", SPECIFICATION.build());
  private static final Structure SHAPE = INPUT.build();

  private final Catalogue catalogue;

  UpdateContinuousBackups(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "UpdateContinuousBackups";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    PointInTimeRecovery.checkExists(catalogue, request.need(TABLE_NAME));
    if (request.need(RECOVERY).need(ENABLED)) {
      throw ApiException.of(
          ApiException.Kind.CONTINUOUS_BACKUPS_UNAVAILABLE,
          "Point-in-time recovery is not supported by this version of Evenkeel");
    }
    return PointInTimeRecovery.off();
  }
}
