package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;

/// Tells AWS's default quotas of throughput.
///
/// Source:
/// [Quotas](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)
final class DescribeLimits implements Operation.Blocking {
  private static final long ACCOUNT_UNITS_MAX = 80_000;
  private static final long TABLE_UNITS_MAX = 40_000;
  private static final Structure SHAPE = Structure.of("DescribeLimitsInput").build();

  @Override
  public String name() {
    return "DescribeLimits";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    return Response.ok(
        JsonOut.start()
            .number("AccountMaxReadCapacityUnits", ACCOUNT_UNITS_MAX)
            .number("AccountMaxWriteCapacityUnits", ACCOUNT_UNITS_MAX)
            .number("TableMaxReadCapacityUnits", TABLE_UNITS_MAX)
            .number("TableMaxWriteCapacityUnits", TABLE_UNITS_MAX));
  }
}
