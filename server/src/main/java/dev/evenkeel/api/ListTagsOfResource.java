package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Lists a table's tags, ten at a time, by key. A page's token is the last key of the page before.
final class ListTagsOfResource implements Operation.Blocking {
  private static final int PAGE = 10;
  private static final Structure.Builder INPUT = Structure.of("ListTagsOfResourceInput");
  private static final Member<String> ARN = INPUT.required("ResourceArn", TableShapes.RESOURCE_ARN);
  private static final Member<String> TOKEN = INPUT.optional("NextToken", Shape.string());
  private static final Structure SHAPE = INPUT.build();

  private final Catalogue catalogue;

  ListTagsOfResource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "ListTagsOfResource";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    TagRules.checkArn(request.need(ARN));
    Table table = TagRules.tagged(catalogue, request.need(ARN));
    @Nullable String token = request.get(TOKEN);
    // The least string above the token.
    SortedMap<String, String> rest =
        token == null ? table.tags() : table.tags().tailMap(token + "\0");
    JsonOut out = JsonOut.start().array("Tags");
    Iterator<Map.Entry<String, String>> tags = rest.entrySet().iterator();
    String last = "";
    for (int i = 0; i < PAGE && tags.hasNext(); i++) {
      Map.Entry<String, String> tag = tags.next();
      last = tag.getKey();
      out.object().string("Key", last).string("Value", tag.getValue()).end();
    }
    out.endArray();
    if (tags.hasNext()) {
      out.string("NextToken", last);
    }
    return Response.ok(out);
  }
}
