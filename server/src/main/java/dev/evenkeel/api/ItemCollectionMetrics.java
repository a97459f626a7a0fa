package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.TableSchema;
import java.util.List;
import java.util.Map;

/// The size of an item collection as answers give it: a range in GB, and only for tables with local
/// secondary indexes.
record ItemCollectionMetrics(String keyName, AttributeValue partition, long bytes) {
  private static final double BYTES_PER_GB = 1024.0 * 1024 * 1024;

  static ItemCollectionMetrics of(TableSchema table, AttributeValue partition, long bytes) {
    return new ItemCollectionMetrics(table.keys().partition().name(), partition, bytes);
  }

  /// Whether there is anything to say: a table without local indexes has no such limit.
  boolean isKnown() {
    return bytes >= 0;
  }

  /// Writes the member `ItemCollectionMetrics` of several tables.
  static void write(JsonOut out, Map<String, List<ItemCollectionMetrics>> byTable) {
    out.object("ItemCollectionMetrics");
    byTable.forEach((tableName, ofTable) -> {
      out.array(tableName);
      for (ItemCollectionMetrics collection : ofTable) {
        out.object();
        collection.members(out);
        out.end();
      }
      out.endArray();
    });
    out.end();
  }

  /// Writes the members into an object that is open.
  void members(JsonOut out) {
    out.object("ItemCollectionKey").name(keyName);
    out.value(partition);
    out.end().array("SizeEstimateRangeGB");
    double low = Math.floor(bytes / BYTES_PER_GB);
    for (double bound : List.of(low, low + 1)) {
      out.generator().writeNumber(bound);
    }
    out.endArray();
  }
}
