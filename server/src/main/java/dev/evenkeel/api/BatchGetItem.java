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
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ReadOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Reads up to 100 items of one or more tables, up to 16 MB; the rest is given back as keys.
///
/// Source:
/// [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html)
final class BatchGetItem implements Operation.Blocking {
  private static final Structure.Builder KEYS_INPUT = Structure.of("KeysAndAttributes");
  private static final Member<List<BinaryItem>> KEYS =
      KEYS_INPUT.required("Keys", Shape.list(ItemShapes.KEY, 1, Limits.BATCH_GET_KEYS_MAX));
  private static final Member<List<String>> ATTRIBUTES_TO_GET =
      KEYS_INPUT.optional("AttributesToGet", ItemShapes.ATTRIBUTE_NAMES);
  private static final Member<Boolean> CONSISTENT_READ =
      KEYS_INPUT.optional("ConsistentRead", Shape.bool());
  private static final Member<String> PROJECTION_EXPRESSION =
      KEYS_INPUT.optional("ProjectionExpression", Shape.string());
  private static final Member<SequencedMap<String, String>> NAMES =
      KEYS_INPUT.optional("ExpressionAttributeNames", ItemShapes.NAMES);
  private static final Structure.Builder INPUT = Structure.of("BatchGetItemInput");
  private static final Member<SequencedMap<String, Members>> REQUEST_ITEMS =
      INPUT.required(
          "RequestItems",
          Shape.map(Shape.tableName(), KEYS_INPUT.build(), 1, Limits.BATCH_GET_KEYS_MAX));
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Structure SHAPE = INPUT.build();
  private static final ProjectionParameters.Keys PROJECTION =
      new ProjectionParameters.Keys(PROJECTION_EXPRESSION, ATTRIBUTES_TO_GET, NAMES);

  private final ItemService service;

  BatchGetItem(ItemService service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "BatchGetItem";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  /// One key of the batch.
  private record Request(
      BinaryItem given, ItemKeys.Key key, CompletableFuture<ReadOutcome> outcome) {}

  /// The keys of one table.
  private record TableRequests(
      String tableName,
      TableSchema table,
      Members in,
      @Nullable Projection projection,
      boolean consistent,
      List<Request> requests) {}

  /// What came of one table's keys.
  private record TableResults(
      TableRequests of, List<BinaryItem> items, List<BinaryItem> unprocessed) {}

  @Override
  public Response run(Members in) {
    List<TableRequests> tables = tables(in.need(REQUEST_ITEMS));
    for (TableRequests table : tables) {
      for (Request request : table.requests) {
        service
            .router()
            .read(
                table.table,
                request.key.partition(),
                request.key.sort(),
                table.consistent,
                request.outcome::complete);
      }
    }
    List<TableResults> results = new ArrayList<>();
    SequencedMap<String, ConsumedCapacity> consumed = new LinkedHashMap<>();
    long bytes = 0;
    for (TableRequests table : tables) {
      TableResults result = new TableResults(table, new ArrayList<>(), new ArrayList<>());
      ConsumedCapacity capacity = new ConsumedCapacity(table.tableName);
      for (Request request : table.requests) {
        bytes += collect(request, bytes, result, capacity);
      }
      results.add(result);
      consumed.put(table.tableName, capacity);
    }
    return response(results, consumed, in.get(RETURN_CONSUMED_CAPACITY));
  }

  /// Returns the bytes that the item adds to the answer.
  private static long collect(
      Request request, long bytes, TableResults result, ConsumedCapacity capacity) {
    if (!(request.outcome.join() instanceof ReadOutcome.Item(var item))) {
      result.unprocessed.add(request.given);
      return 0;
    }
    long size = BinaryItem.sizeOf(item);
    if (bytes + size > Limits.BATCH_BYTES_MAX) {
      result.unprocessed.add(request.given);
      return 0;
    }
    capacity.table(Capacity.readHalves(size, result.of.consistent));
    if (item != null) {
      Projection projection = result.of.projection;
      result.items.add(projection == null ? item : projection.apply(item));
    }
    return size;
  }

  /// What is asked of one table, judged without it.
  private record Stated(
      String tableName, Members in, List<BinaryItem> keys, @Nullable Projection projection) {}

  private List<TableRequests> tables(Map<String, Members> requestItems) {
    List<Stated> stated = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, Members> ofTable : requestItems.entrySet()) {
      Stated each = stated(ofTable.getKey(), ofTable.getValue());
      count += each.keys.size();
      stated.add(each);
    }
    if (count > Limits.BATCH_GET_KEYS_MAX) {
      throw ApiException.validation("Too many items requested for the BatchGetItem call");
    }
    List<TableRequests> tables = new ArrayList<>();
    BatchKeys keys = new BatchKeys();
    stated.forEach(each -> tables.add(located(each, keys)));
    return tables;
  }

  private Stated stated(String tableName, Members in) {
    ProjectionParameters parameters =
        new ProjectionParameters(service.expressions(), in, PROJECTION);
    parameters.checkTogether();
    return new Stated(tableName, in, in.need(KEYS), parameters.projection());
  }

  private TableRequests located(Stated stated, BatchKeys keys) {
    TableSchema table = service.table(stated.tableName);
    ProjectionParameters.check(stated.projection, table);
    List<Request> requests = new ArrayList<>();
    for (BinaryItem given : stated.keys) {
      ItemKeys.Key key = ItemKeys.ofKey(table.keys(), given);
      keys.add(table, key);
      requests.add(new Request(given, key, new CompletableFuture<>()));
    }
    return new TableRequests(
        stated.tableName,
        table,
        stated.in,
        stated.projection,
        stated.in.get(CONSISTENT_READ, false),
        requests);
  }

  private static Response response(
      List<TableResults> results,
      SequencedMap<String, ConsumedCapacity> consumed,
      @Nullable String capacity) {
    JsonOut out = JsonOut.start();
    out.object("Responses");
    for (TableResults result : results) {
      out.array(result.of.tableName);
      result.items.forEach(out::item);
      out.endArray();
    }
    out.end().object("UnprocessedKeys");
    for (TableResults result : results) {
      if (!result.unprocessed.isEmpty()) {
        unprocessed(out, result);
      }
    }
    out.end();
    ConsumedCapacity.write(out, consumed.values(), capacity);
    return Response.ok(out);
  }

  /// Gives keys back together with all that was asked of them, so that they can be sent as they
  /// are.
  private static void unprocessed(JsonOut out, TableResults result) {
    Members in = result.of.in;
    out.object(result.of.tableName).array("Keys");
    result.unprocessed.forEach(out::item);
    out.endArray();
    List<String> attributes = in.get(ATTRIBUTES_TO_GET);
    if (attributes != null) {
      out.strings("AttributesToGet", attributes);
    }
    if (in.has(CONSISTENT_READ)) {
      out.bool("ConsistentRead", result.of.consistent);
    }
    out.string("ProjectionExpression", in.get(PROJECTION_EXPRESSION));
    SequencedMap<String, String> names = in.get(NAMES);
    if (names != null) {
      out.object("ExpressionAttributeNames");
      names.forEach(out::string);
      out.end();
    }
    out.end();
  }
}
