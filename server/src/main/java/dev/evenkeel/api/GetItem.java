package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Projection;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ReadOutcome;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads the item that has a key.
///
/// Source:
/// [GetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html)
final class GetItem implements Operation {
  private static final Structure.Builder INPUT = Structure.of("GetItemInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<BinaryItem> KEY = INPUT.required("Key", ItemShapes.KEY);
  private static final Member<List<String>> ATTRIBUTES_TO_GET =
      INPUT.optional("AttributesToGet", ItemShapes.ATTRIBUTE_NAMES);
  private static final Member<Boolean> CONSISTENT_READ =
      INPUT.optional("ConsistentRead", Shape.bool());
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<String> PROJECTION_EXPRESSION =
      INPUT.optional("ProjectionExpression", Shape.string());
  private static final Member<SequencedMap<String, String>> NAMES =
      INPUT.optional("ExpressionAttributeNames", ItemShapes.NAMES);
  private static final Structure SHAPE = INPUT.build();
  private static final ProjectionParameters.Keys PROJECTION =
      new ProjectionParameters.Keys(PROJECTION_EXPRESSION, ATTRIBUTES_TO_GET, NAMES);

  /// Room for braces, quotes and type names beside the item's own bytes.
  private static final int BYTES_BESIDE_ITEM = 512;

  private final ItemService service;

  GetItem(ItemService service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "GetItem";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public void run(Members in, Reply reply) {
    ProjectionParameters parameters =
        new ProjectionParameters(service.expressions(), in, PROJECTION);
    parameters.checkTogether();
    BinaryItem given = in.need(KEY);
    @Nullable Projection projection = parameters.projection();
    String tableName = in.need(TABLE_NAME);
    TableSchema table = service.table(tableName);
    ItemKeys.Key key = ItemKeys.ofKey(table.keys(), given);
    ProjectionParameters.check(projection, table);
    boolean consistent = in.get(CONSISTENT_READ, false);
    String capacity = in.get(RETURN_CONSUMED_CAPACITY);
    service
        .router()
        .read(
            table,
            key.partition(),
            key.sort(),
            consistent,
            outcome ->
                reply.complete(() -> answer(outcome, projection, consistent, capacity, tableName)));
  }

  private static Response answer(
      ReadOutcome outcome,
      @Nullable Projection projection,
      boolean consistent,
      @Nullable String capacity,
      String tableName) {
    @Nullable BinaryItem item = item(outcome);
    int size = BinaryItem.sizeOf(item);
    JsonOut out = JsonOut.start(size + BYTES_BESIDE_ITEM);
    if (item != null) {
      out.name("Item");
      out.item(projection == null ? item : projection.apply(item));
    }
    if (ConsumedCapacity.isAsked(capacity)) {
      consumed(tableName, item, consistent).write(out, capacity);
    }
    return Response.ok(out);
  }

  /// The item that was read, or null where there is none.
  ///
  /// @throws ApiException an InternalServerError, when it could not be read
  static @Nullable BinaryItem item(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Item(var item) -> item;
      case ReadOutcome.Failed(var reason) ->
          throw ApiException.internal("The item cannot be read now: " + reason);
      case ReadOutcome.NotLeader _ ->
          throw ApiException.internal(
              "The item cannot be read now: the partition has no leader that is known");
    };
  }

  /// What the read of an item consumed, null where there is none.
  static ConsumedCapacity consumed(
      String tableName, @Nullable BinaryItem item, boolean consistent) {
    return new ConsumedCapacity(tableName)
        .table(Capacity.readHalves(BinaryItem.sizeOf(item), consistent));
  }
}
