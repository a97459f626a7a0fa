package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.router.Catalogue;

/// Describes a table.
final class DescribeTable implements Operation.Blocking {
  private static final TableShapes.Named INPUT = new TableShapes.Named("DescribeTableInput");

  private final Catalogue catalogue;
  private final TableJson json;

  DescribeTable(Catalogue catalogue, TableJson json) {
    this.catalogue = catalogue;
    this.json = json;
  }

  @Override
  public String name() {
    return "DescribeTable";
  }

  @Override
  public Structure input() {
    return INPUT.shape;
  }

  @Override
  public Response run(Members request) {
    return json.answer("Table", catalogue.named(request.need(INPUT.tableName)));
  }
}
