package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.router.Catalogue;

/// Tells that items of a table do not expire: nothing can turn that on yet.
final class DescribeTimeToLive implements Operation.Blocking {
  private static final TableShapes.Named INPUT = new TableShapes.Named("DescribeTimeToLiveInput");

  private final Catalogue catalogue;

  DescribeTimeToLive(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "DescribeTimeToLive";
  }

  @Override
  public Structure input() {
    return INPUT.shape;
  }

  @Override
  public Response run(Members request) {
    catalogue.named(request.need(INPUT.tableName));
    return Response.ok(
        JsonOut.start()
            .object("TimeToLiveDescription")
            .string("TimeToLiveStatus", "DISABLED")
            .end());
  }
}
