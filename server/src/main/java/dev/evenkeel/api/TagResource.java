package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Adds tags to a table; a tag of a key that is there gets the new value. Answers with no body.
final class TagResource implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("TagResourceInput");
  private static final Member<String> ARN = INPUT.required("ResourceArn", TableShapes.RESOURCE_ARN);
  private static final Member<List<Members>> TAGS = INPUT.required("Tags", TableShapes.Tag.LIST);
  private static final Structure SHAPE = INPUT.build();

  private final Catalogue catalogue;

  TagResource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "TagResource";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    TagRules.checkArn(request.need(ARN));
    if (request.need(TAGS).isEmpty()) {
      throw ApiException.validation("Atleast one Tag needs to be provided as Input.");
    }
    SortedMap<String, String> added = TagRules.tags(request.need(TAGS));
    Table tagged = TagRules.tagged(catalogue, request.need(ARN));
    catalogue.change(
        tagged.arn(),
        table -> {
          SortedMap<String, String> tags = new TreeMap<>(table.tags());
          tags.putAll(added);
          TagRules.checkCount(tags);
          return table.withTags(tags);
        });
    return Response.empty();
  }
}
