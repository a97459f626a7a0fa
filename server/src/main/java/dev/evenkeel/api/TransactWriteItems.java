package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.replica.TransactionAction;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.transaction.Coordinator;
import dev.evenkeel.transaction.TransactionLimits;
import dev.evenkeel.transaction.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Puts, updates, deletes and checks up to 100 items of one or more tables: all of it, or nothing.
///
/// Source:
/// [TransactWriteItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html)
final class TransactWriteItems implements Operation.Blocking {
  private static final Structure.Builder ITEM_INPUT = Structure.of("TransactWriteItem");
  private static final Member<Members> CONDITION_CHECK =
      ITEM_INPUT.optional("ConditionCheck", TransactActions.Check.SHAPE);
  private static final Member<Members> PUT = ITEM_INPUT.optional("Put", TransactActions.Put.SHAPE);
  private static final Member<Members> DELETE =
      ITEM_INPUT.optional("Delete", TransactActions.Delete.SHAPE);
  private static final Member<Members> UPDATE =
      ITEM_INPUT.optional("Update", TransactActions.Update.SHAPE);
  private static final Structure.Builder INPUT = Structure.of("TransactWriteItemsInput");
  private static final Member<List<Members>> TRANSACT_ITEMS =
      INPUT.required(
          "TransactItems", Shape.list(ITEM_INPUT.build(), 1, Limits.TRANSACTION_ACTIONS_MAX));
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<String> RETURN_ITEM_COLLECTION_METRICS =
      INPUT.optional("ReturnItemCollectionMetrics", ItemShapes.RETURN_ITEM_COLLECTION_METRICS);
  private static final Member<String> CLIENT_REQUEST_TOKEN =
      INPUT.optional("ClientRequestToken", Shape.string(1, Limits.REQUEST_TOKEN_CHARS_MAX));
  private static final Structure SHAPE = INPUT.build();

  private final ItemService service;
  private final Coordinator coordinator;

  TransactWriteItems(ItemService service, Coordinator coordinator) {
    this.service = service;
    this.coordinator = coordinator;
  }

  @Override
  public String name() {
    return "TransactWriteItems";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members in) {
    List<TransactActions.Read> read = read(in.need(TRANSACT_ITEMS));
    List<TransactionAction> actions = new ArrayList<>();
    TransactionKeys keys = new TransactionKeys();
    for (TransactActions.Read each : read) {
      TransactionAction action = each.on(service, keys);
      if (action != null) {
        actions.add(action);
      }
    }
    keys.check();
    List<String> tables = read.stream().map(TransactActions.Read::tableName).toList();
    WriteResult result = coordinator.write(in.get(CLIENT_REQUEST_TOKEN), actions);
    return switch (result) {
      case WriteResult.Committed(var effects) ->
          response(
              in,
              TransactionCapacity.written(tables, actions, effects),
              collections(read, actions, effects));
      case WriteResult.Repeated _ ->
          response(in, repeated(in, tables, actions), new LinkedHashMap<>());
      default -> throw TransactionErrors.of(result);
    };
  }

  /// What can be judged without the tables comes first.
  private List<TransactActions.Read> read(List<Members> items) {
    for (Members item : items) {
      int actions = 0;
      for (Member<Members> kind : List.of(CONDITION_CHECK, PUT, DELETE, UPDATE)) {
        actions += item.has(kind) ? 1 : 0;
      }
      if (actions > 1) {
        throw ApiException.validation(
            "TransactItems can only contain one of Check, Put, Update or Delete");
      }
      if (actions == 0) {
        throw ApiException.validation(
            "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
      }
    }
    List<TransactActions.Read> read = new ArrayList<>();
    long bytes = 0;
    for (Members item : items) {
      TransactActions.Read each = read(item);
      bytes += each.bytes();
      read.add(each);
    }
    if (bytes > Limits.TRANSACTION_BYTES_MAX) {
      throw TransactionLimits.tooLarge();
    }
    return read;
  }

  private TransactActions.Read read(Members item) {
    if (item.has(PUT)) {
      return TransactActions.Put.read(item.need(PUT), service.expressions());
    }
    if (item.has(UPDATE)) {
      return TransactActions.Update.read(item.need(UPDATE), service.expressions());
    }
    return item.has(DELETE)
        ? TransactActions.Delete.read(item.need(DELETE), service.expressions())
        : TransactActions.Check.read(item.need(CONDITION_CHECK), service.expressions());
  }

  private SequencedMap<String, ConsumedCapacity> repeated(
      Members in, List<String> tables, List<TransactionAction> actions) {
    return ConsumedCapacity.isAsked(in.get(RETURN_CONSUMED_CAPACITY))
        ? TransactionCapacity.repeated(tables, actions, service.router())
        : new LinkedHashMap<>();
  }

  private static SequencedMap<String, List<ItemCollectionMetrics>> collections(
      List<TransactActions.Read> read,
      List<TransactionAction> actions,
      List<WriteOutcome.Effect> effects) {
    SequencedMap<String, List<ItemCollectionMetrics>> collections = new LinkedHashMap<>();
    for (int i = 0; i < effects.size(); i++) {
      ItemCollectionMetrics collection =
          ItemCollectionMetrics.of(
              actions.get(i).write().table(),
              actions.get(i).write().partition(),
              effects.get(i).collectionBytes());
      if (collection.isKnown() && read.get(i).changes()) {
        collections
            .computeIfAbsent(read.get(i).tableName(), _ -> new ArrayList<>())
            .add(collection);
      }
    }
    return collections;
  }

  private static Response response(
      Members in,
      SequencedMap<String, ConsumedCapacity> consumed,
      SequencedMap<String, List<ItemCollectionMetrics>> collections) {
    JsonOut out = JsonOut.start();
    if ("SIZE".equals(in.get(RETURN_ITEM_COLLECTION_METRICS)) && !collections.isEmpty()) {
      ItemCollectionMetrics.write(out, collections);
    }
    ConsumedCapacity.write(out, consumed.values(), in.get(RETURN_CONSUMED_CAPACITY));
    return Response.ok(out);
  }
}
