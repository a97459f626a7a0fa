package dev.evenkeel.api;

import dev.evenkeel.api.wire.ItemJson;
import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.replica.Page;
import org.jspecify.annotations.Nullable;

/// The answer of Query and Scan.
///
/// @param tableName as the request named it
/// @param consistent the request's ConsistentRead
/// @param capacity the request's ReturnConsumedCapacity
record PageAnswer(
    String tableName,
    QueryRange range,
    Selection selection,
    boolean consistent,
    @Nullable String capacity) {
  /// JSON takes somewhat more room than the items by AWS's accounting.
  private static final int BYTES_BESIDE_ITEMS = 4096;

  Response of(Page page) {
    JsonOut out = JsonOut.start((int) (page.bytes() + page.bytes() / 2) + BYTES_BESIDE_ITEMS);
    if (!selection.countOnly()) {
      out.array("Items");
      for (BinaryItem item : page.items()) {
        ItemJson.write(selection.apply(item), out.generator());
      }
      out.endArray();
    }
    out.number("Count", page.items().size()).number("ScannedCount", page.evaluated());
    if (page.last() != null) {
      out.name("LastEvaluatedKey");
      ItemJson.write(range.keyOf(page.last()), out.generator());
    }
    if (ConsumedCapacity.isAsked(capacity)) {
      consumed(page).write(out, capacity);
    }
    return Response.ok(out);
  }

  private ConsumedCapacity consumed(Page page) {
    long halves = Capacity.readHalves(page.bytes(), consistent);
    LocalIndex index = range.index();
    if (index == null) {
      return new ConsumedCapacity(tableName).table(halves);
    }
    long fetched =
        page.fetchedBytes() == 0 ? 0 : Capacity.readHalves(page.fetchedBytes(), consistent);
    return new ConsumedCapacity(tableName).table(fetched).localIndex(index.name(), halves);
  }
}
