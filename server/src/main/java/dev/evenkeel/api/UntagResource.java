package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Removes tags from a table; keys that it does not have are passed over. Answers with no body.
final class UntagResource implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("UntagResourceInput");
  private static final Member<String> ARN = INPUT.required("ResourceArn", TableShapes.RESOURCE_ARN);
  private static final Member<List<String>> KEYS =
      INPUT.required("TagKeys", Shape.list(TableShapes.Tag.KEY_SHAPE));
  private static final Structure SHAPE = INPUT.build();

  private final Catalogue catalogue;

  UntagResource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "UntagResource";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    TagRules.checkArn(request.need(ARN));
    List<String> keys = request.need(KEYS);
    if (keys.isEmpty()) {
      throw ApiException.validation("Atleast one Tag Key needs to be provided as Input.");
    }
    Table tagged = TagRules.tagged(catalogue, request.need(ARN));
    catalogue.change(
        tagged.arn(),
        table -> {
          NavigableMap<String, String> tags = new TreeMap<>(table.tags());
          keys.forEach(tags::remove);
          return table.withTags(tags);
        });
    return Response.empty();
  }
}
