package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import dev.evenkeel.partiql.BoundStatement;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.TransactionAction;
import dev.evenkeel.transaction.Coordinator;
import dev.evenkeel.transaction.ItemKey;
import dev.evenkeel.transaction.ReadResult;
import dev.evenkeel.transaction.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Runs up to 100 PartiQL statements on one item each as one transaction: reads of one moment, or
/// writes and checks that happen all or not at all.
///
/// Source:
/// [ExecuteTransaction](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html)
final class ExecuteTransaction implements Operation.Blocking {
  private static final Structure.Builder STATEMENT_INPUT = Structure.of("ParameterizedStatement");
  private static final Member<String> STATEMENT =
      STATEMENT_INPUT.required("Statement", StatementShapes.STATEMENT);
  private static final Member<List<AttributeValue>> PARAMETERS =
      STATEMENT_INPUT.optional("Parameters", StatementShapes.PARAMETERS);
  private static final Member<String> RETURN_ON_FAILURE =
      STATEMENT_INPUT.optional(
          "ReturnValuesOnConditionCheckFailure",
          ItemShapes.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE);
  private static final Structure.Builder INPUT = Structure.of("ExecuteTransactionInput");
  private static final Member<List<Members>> STATEMENTS =
      INPUT.required(
          "TransactStatements",
          Shape.list(STATEMENT_INPUT.build(), 1, Limits.TRANSACTION_ACTIONS_MAX));
  private static final Member<String> CLIENT_REQUEST_TOKEN =
      INPUT.optional("ClientRequestToken", Shape.string(1, Limits.REQUEST_TOKEN_CHARS_MAX));
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Structure SHAPE = INPUT.build();

  private final ItemService service;
  private final Coordinator coordinator;
  private final StatementPreparation preparation;

  ExecuteTransaction(ItemService service, Coordinator coordinator) {
    this.service = service;
    this.coordinator = coordinator;
    this.preparation = new StatementPreparation(service);
  }

  @Override
  public String name() {
    return "ExecuteTransaction";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members in) {
    List<Members> requests = in.need(STATEMENTS);
    List<BoundStatement> statements = new ArrayList<>();
    for (Members request : requests) {
      statements.add(
          BoundStatement.of(request.need(STATEMENT), request.get(PARAMETERS, List.of())));
    }
    long reads = statements.stream().filter(BoundStatement.Select.class::isInstance).count();
    if (reads > 0 && reads < statements.size()) {
      throw ApiException.validation(
          "A transaction consists of reads only, or of writes and EXISTS only");
    }
    return reads > 0 ? read(in, statements) : write(in, requests, statements);
  }

  private Response read(Members in, List<BoundStatement> statements) {
    List<PreparedStatement.ItemRead> reads = new ArrayList<>();
    List<ItemKey> keys = new ArrayList<>();
    TransactionKeys distinct = new TransactionKeys();
    for (BoundStatement statement : statements) {
      if (!(preparation.prepare(statement, false) instanceof PreparedStatement.ItemRead read)) {
        throw ApiException.validation(
            "A SELECT of a transaction names one item of a table by its whole key");
      }
      distinct.add(read.table(), read::key);
      reads.add(read);
      keys.add(new ItemKey(read.table(), read.key().partition(), read.key().sort()));
    }
    distinct.check();
    return switch (coordinator.read(keys)) {
      case ReadResult.Items(var items) -> {
        List<@Nullable BinaryItem> shown = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          BinaryItem item = items.get(i);
          shown.add(item == null ? null : reads.get(i).columns().apply(item));
        }
        List<String> tables = reads.stream().map(PreparedStatement::tableName).toList();
        TransactGetItems.checkSize(items);
        yield response(in, shown, TransactionCapacity.read(tables, items));
      }
      case ReadResult.Conflict(int place) ->
          throw TransactGetItems.conflict(statements.size(), place);
      case ReadResult.Failed(var reason) ->
          throw ApiException.internal("The items cannot be read now: " + reason);
    };
  }

  private Response write(Members in, List<Members> requests, List<BoundStatement> statements) {
    List<TransactionAction> actions = new ArrayList<>();
    TransactionKeys keys = new TransactionKeys();
    for (int i = 0; i < statements.size(); i++) {
      ItemWrite write = write(statements.get(i));
      boolean returnsItem = "ALL_OLD".equals(requests.get(i).get(RETURN_ON_FAILURE));
      keys.add(write.table(), () -> new ItemKeys.Key(write.partition(), write.sort()));
      actions.add(new TransactionAction(write, returnsItem));
    }
    keys.check();
    List<String> tables = statements.stream().map(BoundStatement::table).toList();
    List<@Nullable BinaryItem> nothing = new ArrayList<>();
    statements.forEach(_ -> nothing.add(null));
    WriteResult result = coordinator.write(in.get(CLIENT_REQUEST_TOKEN), actions);
    return switch (result) {
      case WriteResult.Committed(var effects) ->
          response(in, nothing, TransactionCapacity.written(tables, actions, effects));
      case WriteResult.Repeated _ ->
          response(in, nothing, TransactionCapacity.repeated(tables, actions, service.router()));
      default -> throw TransactionErrors.of(result);
    };
  }

  private ItemWrite write(BoundStatement statement) {
    if (statement instanceof BoundStatement.Check check) {
      return preparation.check(check);
    }
    if (preparation.prepare(statement, false) instanceof PreparedStatement.Write write
        && write.returned().equals(WriteAnswer.Attributes.NONE)) {
      return write.write();
    }
    throw ApiException.validation("A statement of a transaction takes no RETURNING");
  }

  private static Response response(
      Members in,
      List<@Nullable BinaryItem> items,
      SequencedMap<String, ConsumedCapacity> consumed) {
    JsonOut out = JsonOut.start();
    out.array("Responses");
    for (BinaryItem item : items) {
      out.object();
      if (item != null) {
        out.name("Item");
        out.item(item);
      }
      out.end();
    }
    out.endArray();
    ConsumedCapacity.write(out, consumed.values(), in.get(RETURN_CONSUMED_CAPACITY));
    return Response.ok(out);
  }
}
