package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.WriteOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Puts and deletes up to 25 items of one or more tables; each succeeds or fails alone.
///
/// Source:
/// [BatchWriteItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html)
final class BatchWriteItem implements Operation.Blocking {
  private static final Structure.Builder PUT_INPUT = Structure.of("PutRequest");
  private static final Member<BinaryItem> ITEM = PUT_INPUT.required("Item", ItemShapes.ITEM);
  private static final Structure.Builder DELETE_INPUT = Structure.of("DeleteRequest");
  private static final Member<BinaryItem> KEY = DELETE_INPUT.required("Key", ItemShapes.KEY);
  private static final Structure.Builder REQUEST_INPUT = Structure.of("WriteRequest");
  private static final Member<Members> PUT_REQUEST =
      REQUEST_INPUT.optional("PutRequest", PUT_INPUT.build());
  private static final Member<Members> DELETE_REQUEST =
      REQUEST_INPUT.optional("DeleteRequest", DELETE_INPUT.build());
  private static final Structure.Builder INPUT = Structure.of("BatchWriteItemInput");
  private static final Member<SequencedMap<String, List<Members>>> REQUEST_ITEMS =
      INPUT.required(
          "RequestItems",
          Shape.map(
              Shape.tableName(),
              Shape.list(REQUEST_INPUT.build(), 1, Limits.BATCH_WRITE_REQUESTS_MAX),
              1,
              Limits.BATCH_WRITE_REQUESTS_MAX));
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<String> RETURN_ITEM_COLLECTION_METRICS =
      INPUT.optional("ReturnItemCollectionMetrics", ItemShapes.RETURN_ITEM_COLLECTION_METRICS);
  private static final Structure SHAPE = INPUT.build();

  private final ItemService service;

  BatchWriteItem(ItemService service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "BatchWriteItem";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  /// One put or deletion of the batch.
  ///
  /// @param item what is put, or null
  /// @param key what is deleted, or null
  private record Request(
      String tableName, @Nullable BinaryItem item, @Nullable BinaryItem key, ItemWrite write) {}

  @Override
  public Response run(Members in) {
    List<Request> requests = requests(in.need(REQUEST_ITEMS));
    List<WriteOutcome.Part> parts =
        service.router().writeEach(requests.stream().map(Request::write).toList());
    List<Request> unprocessed = new ArrayList<>();
    SequencedMap<String, ConsumedCapacity> consumed = new LinkedHashMap<>();
    SequencedMap<String, List<ItemCollectionMetrics>> collections = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      switch (parts.get(i)) {
        case WriteOutcome.Part.Done(var effect) -> {
          consumed
              .computeIfAbsent(request.tableName, ConsumedCapacity::new)
              .add(WriteAnswer.consumed(request.tableName, request.write.table(), effect));
          ItemCollectionMetrics collection =
              ItemCollectionMetrics.of(
                  request.write.table(), request.write.partition(), effect.collectionBytes());
          if (collection.isKnown()) {
            collections.computeIfAbsent(request.tableName, _ -> new ArrayList<>()).add(collection);
          }
        }
        case WriteOutcome.Part.NotDone(var outcome) -> {
          if (!mayBeSentAgain(outcome)) {
            throw WriteFailures.error(outcome);
          }
          unprocessed.add(request);
        }
      }
    }
    if (unprocessed.size() == requests.size()
        && parts.getFirst() instanceof WriteOutcome.Part.NotDone(var first)
        && !(first instanceof WriteOutcome.Conflict)) {
      throw WriteFailures.error(first);
    }
    return response(in, unprocessed, consumed, collections);
  }

  /// Puts and deletions without a condition may be, also when they had happened.
  private static boolean mayBeSentAgain(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Unavailable _,
          WriteOutcome.Unknown _,
          WriteOutcome.NotLeader _,
          WriteOutcome.Conflict _ ->
          true;
      case WriteOutcome.Rejected(var error) ->
          error.kind() == ApiException.Kind.PROVISIONED_THROUGHPUT_EXCEEDED;
      default -> false;
    };
  }

  private List<Request> requests(Map<String, List<Members>> requestItems) {
    int count = 0;
    for (List<Members> ofTable : requestItems.values()) {
      count += ofTable.size();
      ofTable.forEach(BatchWriteItem::check);
    }
    if (count > Limits.BATCH_WRITE_REQUESTS_MAX) {
      throw ApiException.validation("Too many items requested for the BatchWriteItem call");
    }
    List<Request> requests = new ArrayList<>(count);
    BatchKeys keys = new BatchKeys();
    requestItems.forEach((tableName, ofTable) -> {
      Table table = service.known(tableName);
      for (Members each : ofTable) {
        requests.add(request(tableName, table, each, keys));
      }
    });
    return requests;
  }

  /// What can be judged without the table.
  private static void check(Members request) {
    if (request.has(PUT_REQUEST) && request.has(DELETE_REQUEST)) {
      throw ApiException.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (!request.has(PUT_REQUEST) && !request.has(DELETE_REQUEST)) {
      throw ApiException.validation(
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }
    Members put = request.get(PUT_REQUEST);
    if (put != null) {
      ItemWrites.checkSize(put.need(ITEM));
    } else {
      request.need(DELETE_REQUEST).requireSound(KEY);
    }
  }

  private static Request request(String tableName, Table of, Members in, BatchKeys keys) {
    TableSchema table = of.schema();
    Members put = in.get(PUT_REQUEST);
    BinaryItem item = put == null ? null : put.need(ITEM);
    BinaryItem given = put == null ? in.need(DELETE_REQUEST).need(KEY) : null;
    ItemWrite write =
        item != null
            ? ItemWrites.put(of, item, null)
            : ItemWrites.delete(table, in.need(DELETE_REQUEST).need(KEY), null);
    keys.add(table, new ItemKeys.Key(write.partition(), write.sort()));
    return new Request(tableName, item, given, write);
  }

  private static Response response(
      Members in,
      List<Request> unprocessed,
      SequencedMap<String, ConsumedCapacity> consumed,
      SequencedMap<String, List<ItemCollectionMetrics>> collections) {
    JsonOut out = JsonOut.start();
    unprocessed(out, unprocessed);
    if ("SIZE".equals(in.get(RETURN_ITEM_COLLECTION_METRICS))) {
      ItemCollectionMetrics.write(out, collections);
    }
    ConsumedCapacity.write(out, consumed.values(), in.get(RETURN_CONSUMED_CAPACITY));
    return Response.ok(out);
  }

  private static void unprocessed(JsonOut out, List<Request> unprocessed) {
    SequencedMap<String, List<Request>> byTable = new LinkedHashMap<>();
    unprocessed.forEach(
        each -> byTable.computeIfAbsent(each.tableName, _ -> new ArrayList<>()).add(each));
    out.object("UnprocessedItems");
    byTable.forEach((tableName, requests) -> {
      out.array(tableName);
      for (Request request : requests) {
        out.object();
        if (request.item != null) {
          out.object("PutRequest").name("Item");
          out.item(request.item);
        } else if (request.key != null) {
          out.object("DeleteRequest").name("Key");
          out.item(request.key);
        }
        out.end().end();
      }
      out.endArray();
    });
    out.end();
  }
}
