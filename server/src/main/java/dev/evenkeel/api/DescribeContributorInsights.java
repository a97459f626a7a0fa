package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import org.jspecify.annotations.Nullable;

/// Tells that nobody counts which keys of a table or global index are used most: nothing can turn
/// that on yet.
final class DescribeContributorInsights implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("DescribeContributorInsightsInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<String> INDEX_NAME =
      INPUT.optional("IndexName", TableShapes.INDEX_NAME);
  private static final Structure SHAPE = INPUT.build();

  private final Catalogue catalogue;

  DescribeContributorInsights(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "DescribeContributorInsights";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    Table table = catalogue.named(request.need(TABLE_NAME));
    @Nullable String index = request.get(INDEX_NAME);
    if (index != null && !hasGlobalIndex(table, index)) {
      throw ApiException.of(
          ApiException.Kind.RESOURCE_NOT_FOUND,
          "Requested resource not found: Index: " + index + " not found");
    }
    JsonOut out = JsonOut.start().string("TableName", table.name()).string("IndexName", index);
    return Response.ok(out.string("ContributorInsightsStatus", "DISABLED"));
  }

  private static boolean hasGlobalIndex(Table table, String index) {
    return table.derivation().globalIndexes().stream().anyMatch(each -> each.name().equals(index));
  }
}
