package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.router.Catalogue;

/// Tells that a table's changes go to no Kinesis data stream: nothing can send them there yet.
final class DescribeKinesisStreamingDestination implements Operation.Blocking {
  private static final TableShapes.Named INPUT =
      new TableShapes.Named("DescribeKinesisStreamingDestinationInput");

  private final Catalogue catalogue;

  DescribeKinesisStreamingDestination(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "DescribeKinesisStreamingDestination";
  }

  @Override
  public Structure input() {
    return INPUT.shape;
  }

  @Override
  public Response run(Members request) {
    String table = catalogue.named(request.need(INPUT.tableName)).name();
    return Response.ok(
        JsonOut.start()
            .string("TableName", table)
            .array("KinesisDataStreamDestinations")
            .endArray());
  }
}
