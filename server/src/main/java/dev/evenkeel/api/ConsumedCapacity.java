package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.TableSchema;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What requests on one table consumed, in half units, and how it is reported.
final class ConsumedCapacity {
  private final String table;
  private long tableHalves;
  private @Nullable String kind;
  private final Map<String, Long> localIndexHalves = new TreeMap<>();
  private final Map<String, Long> globalIndexHalves = new TreeMap<>();

  /// @param table as the request named it
  ConsumedCapacity(String table) {
    this.table = table;
  }

  /// As transactions tell it: also as units of one kind.
  ///
  /// @param member `ReadCapacityUnits` or `WriteCapacityUnits`
  ConsumedCapacity of(String member) {
    kind = member;
    return this;
  }

  ConsumedCapacity table(long halves) {
    tableHalves += halves;
    return this;
  }

  ConsumedCapacity localIndex(String index, long halves) {
    localIndexHalves.merge(index, halves, Long::sum);
    return this;
  }

  ConsumedCapacity globalIndex(String index, long halves) {
    globalIndexHalves.merge(index, halves, Long::sum);
    return this;
  }

  /// What a write consumed of the indexes of a table; those that are not local are global.
  ConsumedCapacity indexes(TableSchema schema, Map<String, Long> halves) {
    halves.forEach((index, more) -> {
      if (schema.localIndexes().stream().anyMatch(local -> local.name().equals(index))) {
        localIndex(index, more);
      } else {
        globalIndex(index, more);
      }
    });
    return this;
  }

  /// Writes the member `ConsumedCapacity` where the request asked for it.
  ///
  /// @param asked the request's ReturnConsumedCapacity
  void write(JsonOut out, @Nullable String asked) {
    if (isAsked(asked)) {
      out.object("ConsumedCapacity");
      members(out, asked);
      out.end();
    }
  }

  /// Writes the member `ConsumedCapacity` of a batch, one element a table, where the request asked
  /// for it.
  static void write(JsonOut out, Collection<ConsumedCapacity> tables, @Nullable String asked) {
    if (isAsked(asked)) {
      out.array("ConsumedCapacity");
      for (ConsumedCapacity table : tables) {
        out.object();
        table.members(out, asked);
        out.end();
      }
      out.endArray();
    }
  }

  ConsumedCapacity add(ConsumedCapacity more) {
    more.localIndexHalves.forEach(this::localIndex);
    more.globalIndexHalves.forEach(this::globalIndex);
    return table(more.tableHalves);
  }

  static boolean isAsked(@Nullable String asked) {
    return asked != null && !asked.equals("NONE");
  }

  /// Writes the members into an object that is open.
  void members(JsonOut out, @Nullable String asked) {
    long total = tableHalves + sum(localIndexHalves) + sum(globalIndexHalves);
    units(out.string("TableName", table), total);
    if ("INDEXES".equals(asked)) {
      units(out.object("Table"), tableHalves).end();
      indexes("LocalSecondaryIndexes", localIndexHalves, out);
      indexes("GlobalSecondaryIndexes", globalIndexHalves, out);
    }
  }

  private void indexes(String name, Map<String, Long> indexes, JsonOut out) {
    if (!indexes.isEmpty()) {
      out.object(name);
      indexes.forEach((index, halves) -> units(out.object(index), halves).end());
      out.end();
    }
  }

  private static long sum(Map<String, Long> halves) {
    return halves.values().stream().mapToLong(Long::longValue).sum();
  }

  private JsonOut units(JsonOut out, long halves) {
    out.decimal("CapacityUnits", Capacity.units(halves));
    return kind == null ? out : out.decimal(kind, Capacity.units(halves));
  }
}
