package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.replica.Page;
import org.jspecify.annotations.Nullable;

/// The answer of Query and Scan.
///
/// @param tableName as the request named it
/// @param consistent the request's ConsistentRead
/// @param capacity the request's ReturnConsumedCapacity
record PageAnswer(
    String tableName,
    SearchRange range,
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
        out.item(selection.apply(item));
      }
      out.endArray();
    }
    out.number("Count", page.items().size()).number("ScannedCount", page.evaluated());
    if (page.last() != null) {
      out.name("LastEvaluatedKey");
      out.item(range.keyOf(page.last()));
    }
    if (ConsumedCapacity.isAsked(capacity)) {
      range.consumed(tableName, page, consistent).write(out, capacity);
    }
    return Response.ok(out);
  }
}
