package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the names of all tables, page by page, in order.
final class ListTables implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("ListTablesInput");
  private static final Member<String> START =
      INPUT.optional(
          "ExclusiveStartTableName",
          Shape.name(Limits.TABLE_NAME_CHARS_MIN, Limits.TABLE_NAME_CHARS_MAX));
  private static final Member<Integer> LIMIT =
      INPUT.optional("Limit", Shape.integer(1, Limits.LIST_TABLES_MAX));
  private static final Structure SHAPE = INPUT.build();

  private final Catalogue catalogue;

  ListTables(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "ListTables";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    @Nullable String start = request.get(START);
    int limit = request.get(LIMIT, Limits.LIST_TABLES_MAX);
    List<String> after =
        catalogue.tables().stream()
            .map(Table::name)
            .filter(name -> start == null || name.compareTo(start) > 0)
            .limit(limit + 1L)
            .toList();
    boolean more = after.size() > limit;
    List<String> page = more ? after.subList(0, limit) : after;
    JsonOut out = JsonOut.start().strings("TableNames", page);
    if (more) {
      out.string("LastEvaluatedTableName", page.getLast());
    }
    return Response.ok(out);
  }
}
