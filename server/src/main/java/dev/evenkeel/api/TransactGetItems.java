package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Projection;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.WriteOutcome.Reason;
import dev.evenkeel.transaction.Coordinator;
import dev.evenkeel.transaction.ItemKey;
import dev.evenkeel.transaction.ReadResult;
import dev.evenkeel.transaction.TransactionLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads up to 100 items of one or more tables as they are at one moment.
///
/// Source:
/// [TransactGetItems](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html)
final class TransactGetItems implements Operation.Blocking {
  private static final Structure.Builder GET_INPUT = Structure.of("Get");
  private static final Member<BinaryItem> KEY = GET_INPUT.required("Key", ItemShapes.KEY);
  private static final Member<String> TABLE_NAME =
      GET_INPUT.required("TableName", Shape.tableName());
  private static final Member<String> PROJECTION_EXPRESSION =
      GET_INPUT.optional("ProjectionExpression", Shape.string());
  private static final Member<SequencedMap<String, String>> NAMES =
      GET_INPUT.optional("ExpressionAttributeNames", ItemShapes.NAMES);
  private static final Structure.Builder ITEM_INPUT = Structure.of("TransactGetItem");
  private static final Member<Members> GET = ITEM_INPUT.required("Get", GET_INPUT.build());
  private static final Structure.Builder INPUT = Structure.of("TransactGetItemsInput");
  private static final Member<List<Members>> TRANSACT_ITEMS =
      INPUT.required(
          "TransactItems", Shape.list(ITEM_INPUT.build(), 1, Limits.TRANSACTION_ACTIONS_MAX));
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Structure SHAPE = INPUT.build();
  private static final ProjectionParameters.Keys PROJECTION =
      new ProjectionParameters.Keys(PROJECTION_EXPRESSION, null, NAMES);

  private final ItemService service;
  private final Coordinator coordinator;

  TransactGetItems(ItemService service, Coordinator coordinator) {
    this.service = service;
    this.coordinator = coordinator;
  }

  @Override
  public String name() {
    return "TransactGetItems";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members in) {
    List<Members> gets = in.need(TRANSACT_ITEMS).stream().map(item -> item.need(GET)).toList();
    List<@Nullable Projection> projections = new ArrayList<>();
    for (Members get : gets) {
      projections.add(projection(get));
    }
    List<ItemKey> items = items(gets, projections);
    return switch (coordinator.read(items)) {
      case ReadResult.Items(var found) -> response(in, gets, projections, found);
      case ReadResult.Conflict(int place) -> throw conflict(gets.size(), place);
      case ReadResult.Failed(var reason) ->
          throw ApiException.internal("The items cannot be read now: " + reason);
    };
  }

  /// What can be judged without the table, the values of the key among it.
  private @Nullable Projection projection(Members get) {
    ProjectionParameters parameters =
        new ProjectionParameters(service.expressions(), get, PROJECTION);
    parameters.checkTogether();
    get.requireSound(KEY);
    return parameters.projection();
  }

  private List<ItemKey> items(List<Members> gets, List<@Nullable Projection> projections) {
    List<ItemKey> items = new ArrayList<>();
    TransactionKeys keys = new TransactionKeys();
    for (int i = 0; i < gets.size(); i++) {
      Members get = gets.get(i);
      TableSchema table = service.table(get.need(TABLE_NAME));
      ItemKeys.Key key = keys.add(table, () -> ItemKeys.ofKey(table.keys(), get.need(KEY)));
      ProjectionParameters.check(projections.get(i), table);
      if (key != null) {
        items.add(new ItemKey(table, key.partition(), key.sort()));
      }
    }
    keys.check();
    return items;
  }

  static ApiException conflict(int count, int place) {
    List<Reason> reasons = new ArrayList<>(Collections.nCopies(count, Reason.None.INSTANCE));
    reasons.set(place, Reason.Conflict.INSTANCE);
    return TransactionErrors.canceled(reasons);
  }

  /// @throws ApiException a ValidationException, when the items together are too large
  static void checkSize(List<@Nullable BinaryItem> items) {
    long bytes = 0;
    for (BinaryItem item : items) {
      bytes += BinaryItem.sizeOf(item);
    }
    if (bytes > Limits.TRANSACTION_BYTES_MAX) {
      throw TransactionLimits.tooLarge();
    }
  }

  private static Response response(
      Members in,
      List<Members> gets,
      List<@Nullable Projection> projections,
      List<@Nullable BinaryItem> items) {
    checkSize(items);
    JsonOut out = JsonOut.start();
    out.array("Responses");
    for (int i = 0; i < items.size(); i++) {
      BinaryItem item = items.get(i);
      Projection projection = projections.get(i);
      out.object();
      if (item != null) {
        out.name("Item");
        out.item(projection == null ? item : projection.apply(item));
      }
      out.end();
    }
    out.endArray();
    List<String> tables = gets.stream().map(get -> get.need(TABLE_NAME)).toList();
    SequencedMap<String, ConsumedCapacity> consumed = TransactionCapacity.read(tables, items);
    ConsumedCapacity.write(out, consumed.values(), in.get(RETURN_CONSUMED_CAPACITY));
    return Response.ok(out);
  }
}
