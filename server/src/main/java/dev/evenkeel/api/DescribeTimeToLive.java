package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.Expiry;
import dev.evenkeel.router.Catalogue;

/// Tells whether items of a table expire, and by which attribute.
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
    Expiry expiry = UpdateTimeToLive.expiry(catalogue.named(request.need(INPUT.tableName)));
    return Response.ok(
        JsonOut.start()
            .object("TimeToLiveDescription")
            .string("TimeToLiveStatus", expiry == null ? "DISABLED" : expiry.status().name())
            .string("AttributeName", expiry == null ? null : expiry.attribute())
            .end());
  }
}
