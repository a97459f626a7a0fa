package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import dev.evenkeel.partiql.BoundStatement;
import dev.evenkeel.replica.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one PartiQL statement. Writes and reads of one item take the way of the native operations
/// and do not block; pages are read on a virtual thread.
///
/// Source:
/// [ExecuteStatement](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html)
final class ExecuteStatement implements Operation {
  private static final Structure.Builder INPUT = Structure.of("ExecuteStatementInput");
  private static final Member<String> STATEMENT =
      INPUT.required("Statement", StatementShapes.STATEMENT);
  private static final Member<List<AttributeValue>> PARAMETERS =
      INPUT.optional("Parameters", StatementShapes.PARAMETERS);
  private static final Member<Boolean> CONSISTENT_READ =
      INPUT.optional("ConsistentRead", Shape.bool());
  private static final Member<String> NEXT_TOKEN =
      INPUT.optional("NextToken", Shape.string(1, Limits.NEXT_TOKEN_CHARS_MAX));
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<Integer> LIMIT =
      INPUT.optional("Limit", Shape.integer(1, Integer.MAX_VALUE));
  private static final Member<String> RETURN_ON_FAILURE =
      INPUT.optional(
          "ReturnValuesOnConditionCheckFailure",
          ItemShapes.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
  private static final Structure SHAPE = INPUT.build();

  private final ItemService service;
  private final StatementPreparation preparation;
  private final Tasks tasks;

  ExecuteStatement(ItemService service, Tasks tasks) {
    this.service = service;
    this.preparation = new StatementPreparation(service);
    this.tasks = tasks;
  }

  @Override
  public String name() {
    return "ExecuteStatement";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public void run(Members in, Reply reply) {
    List<AttributeValue> parameters = in.get(PARAMETERS, List.of());
    PreparedStatement prepared =
        preparation.prepare(
            BoundStatement.of(in.need(STATEMENT), parameters), in.get(CONSISTENT_READ, false));
    switch (prepared) {
      case PreparedStatement.Write write -> {
        refuseToken(in);
        service
            .router()
            .write(write.write(), outcome -> reply.complete(() -> written(write, outcome, in)));
      }
      case PreparedStatement.ItemRead read -> {
        refuseToken(in);
        boolean consistent = in.get(CONSISTENT_READ, false);
        service
            .router()
            .read(
                read.table(),
                read.key().partition(),
                read.key().sort(),
                consistent,
                outcome -> reply.complete(() -> read(read, GetItem.item(outcome), in)));
      }
      case PreparedStatement.Search search ->
          tasks.fork(name(), () -> reply.complete(() -> search(search, parameters, in)));
    }
  }

  /// What has no second page has no token.
  private static void refuseToken(Members in) {
    if (in.has(NEXT_TOKEN)) {
      throw StatementToken.mismatch();
    }
  }

  private static Response written(PreparedStatement.Write write, WriteOutcome outcome, Members in) {
    WriteOutcome.Applied applied = write.applied(outcome, in.get(RETURN_ON_FAILURE));
    @Nullable BinaryItem returned = write.returned(applied);
    return answer(
        returned == null ? List.of() : List.of(returned),
        WriteAnswer.consumed(write.tableName(), write.write().table(), applied),
        in);
  }

  private static Response read(
      PreparedStatement.ItemRead read, @Nullable BinaryItem item, Members in) {
    return answer(
        item == null ? List.of() : List.of(read.columns().apply(item)),
        GetItem.consumed(read.tableName(), item, in.get(CONSISTENT_READ, false)),
        in);
  }

  private Response search(
      PreparedStatement.Search search, List<AttributeValue> parameters, Members in) {
    byte[] binding = StatementToken.binding(in.need(STATEMENT), parameters, search.table().id());
    @Nullable String given = in.get(NEXT_TOKEN);
    StatementSearch.Found found =
        new StatementSearch(service.router(), search, in.get(CONSISTENT_READ, false))
            .run(
                in.get(LIMIT, Integer.MAX_VALUE),
                given == null ? null : StatementToken.parse(given, binding));
    JsonOut out = items(found.items());
    @Nullable StatementToken next = found.next();
    if (next != null) {
      out.string("NextToken", next.text(binding));
    }
    found.consumed().write(out, in.get(RETURN_CONSUMED_CAPACITY));
    if (next != null && next.last() != null) {
      out.name("LastEvaluatedKey");
      out.item(next.last());
    }
    return Response.ok(out);
  }

  private static Response answer(List<BinaryItem> items, ConsumedCapacity consumed, Members in) {
    JsonOut out = items(items);
    consumed.write(out, in.get(RETURN_CONSUMED_CAPACITY));
    return Response.ok(out);
  }

  private static JsonOut items(List<BinaryItem> items) {
    JsonOut out = JsonOut.start();
    out.array("Items");
    items.forEach(out::item);
    out.endArray();
    return out;
  }
}
