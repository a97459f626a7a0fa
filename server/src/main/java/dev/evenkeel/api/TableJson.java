package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableCapacity.OnDemandMaximum;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.model.TableSettings;
import dev.evenkeel.model.TableStreams;
import dev.evenkeel.router.TableStatistics;
import dev.evenkeel.stream.TableStream;
import java.util.List;

/// Writes the description of a table.
final class TableJson {
  private final TableStatistics statistics;
  private final Clock clock;

  TableJson(TableStatistics statistics, Clock clock) {
    this.statistics = statistics;
    this.clock = clock;
  }

  /// An answer that is the description of one table, under that name.
  Response answer(String name, Table table) {
    JsonOut out = JsonOut.start();
    write(name, table, out);
    return Response.ok(out);
  }

  private void write(String name, Table table, JsonOut out) {
    out.object(name);
    out.array("AttributeDefinitions");
    for (KeySchema.KeyAttribute attribute : table.definitions()) {
      out.object()
          .string("AttributeName", attribute.name())
          .string("AttributeType", attribute.type().name())
          .end();
    }
    out.endArray();
    out.string("TableName", table.name());
    keys(table.schema().keys(), out);
    out.string("TableStatus", table.status().name());
    out.seconds("CreationDateTime", table.identity().createdMillis());
    capacity(table, out);
    TableStatistics.Size size = statistics.items(table);
    out.number("TableSizeBytes", size.bytes()).number("ItemCount", size.items());
    out.string("TableArn", table.arn()).string("TableId", table.identity().uuid());
    localIndexes(table, out);
    globalIndexes(table, out);
    stream(table.derivation().streams(), table.arn(), out);
    TableSettings.ChosenClass chosen = table.settings().tableClass();
    if (chosen != null) {
      out.object("TableClassSummary").string("TableClass", chosen.tableClass().name());
      optionalSeconds("LastUpdateDateTime", chosen.changedMillis(), out);
      out.end();
    }
    out.bool("DeletionProtectionEnabled", table.settings().deletionProtected());
    out.end();
  }

  private void capacity(Table table, JsonOut out) {
    TableSettings settings = table.settings();
    TableCapacity capacity = settings.capacity();
    TableSettings.History history = settings.history();
    provisioned(capacity, history, out);
    if (capacity.onDemand() || history.lastOnDemandMillis() != 0) {
      out.object("BillingModeSummary").string("BillingMode", capacity.mode().name());
      optionalSeconds("LastUpdateToPayPerRequestDateTime", history.lastOnDemandMillis(), out);
      out.end();
    }
    maximum(capacity.maximum(), out);
    warm(capacity, warmStatus(table).name(), out);
  }

  private void provisioned(TableCapacity capacity, TableSettings.History history, JsonOut out) {
    out.object("ProvisionedThroughput");
    optionalSeconds("LastIncreaseDateTime", history.lastIncreaseMillis(), out);
    optionalSeconds("LastDecreaseDateTime", history.lastDecreaseMillis(), out);
    out.number("NumberOfDecreasesToday", history.decreasesOn(clock.wallMillis()));
    out.number("ReadCapacityUnits", capacity.readUnits());
    out.number("WriteCapacityUnits", capacity.writeUnits());
    out.end();
  }

  private static void warm(TableCapacity capacity, String status, JsonOut out) {
    out.object("WarmThroughput")
        .number("ReadUnitsPerSecond", capacity.warm().readUnits())
        .number("WriteUnitsPerSecond", capacity.warm().writeUnits())
        .string("Status", status)
        .end();
  }

  private static Table.Status warmStatus(Table table) {
    TableCapacity pending = table.settings().pending();
    boolean changing =
        pending != null && !pending.warm().equals(table.settings().capacity().warm());
    return table.status() == Table.Status.UPDATING && !changing
        ? Table.Status.ACTIVE
        : table.status();
  }

  private static void maximum(OnDemandMaximum maximum, JsonOut out) {
    if (!maximum.equals(OnDemandMaximum.NONE)) {
      out.object("OnDemandThroughput")
          .number("MaxReadRequestUnits", maximum.readUnits())
          .number("MaxWriteRequestUnits", maximum.writeUnits())
          .end();
    }
  }

  private void localIndexes(Table table, JsonOut out) {
    if (table.schema().localIndexes().isEmpty()) {
      return;
    }
    out.array("LocalSecondaryIndexes");
    for (LocalIndex index : table.schema().localIndexes()) {
      TableStatistics.Size size = statistics.entries(table, index.number());
      out.object().string("IndexName", index.name());
      keys(index.keys(), out);
      projection(index.projection(), index.nonKeyAttributes(), out);
      out.number("IndexSizeBytes", size.bytes()).number("ItemCount", size.items());
      out.string("IndexArn", table.indexArn(index.name())).end();
    }
    out.endArray();
  }

  private static void stream(TableStreams streams, String tableArn, JsonOut out) {
    StreamSettings current = streams.current();
    if (current != null) {
      out.object("StreamSpecification")
          .bool("StreamEnabled", true)
          .string("StreamViewType", current.view().name())
          .end();
    }
    StreamSettings latest = streams.latest();
    if (latest != null) {
      out.string("LatestStreamLabel", latest.label());
      out.string("LatestStreamArn", TableStream.arn(tableArn, latest.label()));
    }
  }

  private static void projection(
      LocalIndex.Projection projection, List<String> nonKeyAttributes, JsonOut out) {
    out.object("Projection").string("ProjectionType", projection.name());
    if (!nonKeyAttributes.isEmpty()) {
      out.strings("NonKeyAttributes", nonKeyAttributes);
    }
    out.end();
  }

  private void globalIndexes(Table table, JsonOut out) {
    if (table.derivation().globalIndexes().isEmpty()) {
      return;
    }
    out.array("GlobalSecondaryIndexes");
    for (TableIndex index : table.derivation().globalIndexes()) {
      globalIndex(table, index, out);
    }
    out.endArray();
  }

  private void globalIndex(Table table, TableIndex index, JsonOut out) {
    GlobalIndex definition = index.definition();
    TableStatistics.Size size = statistics.entries(index);
    out.object().string("IndexName", index.name());
    out.array("KeySchema");
    definition.keys().partition().forEach(attribute -> key(attribute, "HASH", out));
    definition.keys().sort().forEach(attribute -> key(attribute, "RANGE", out));
    out.endArray();
    projection(definition.projection(), definition.nonKeyAttributes(), out);
    out.string("IndexStatus", index.status().name());
    if (index.status() == TableIndex.Status.CREATING && table.status() != Table.Status.CREATING) {
      out.bool("Backfilling", index.backfilling());
    }
    provisioned(index.capacity(), index.history(), out);
    maximum(index.capacity().maximum(), out);
    boolean settled = index.status() == TableIndex.Status.ACTIVE;
    warm(index.capacity(), settled ? "ACTIVE" : index.status().name(), out);
    out.number("IndexSizeBytes", size.bytes()).number("ItemCount", size.items());
    out.string("IndexArn", table.indexArn(index.name())).end();
  }

  static void keys(KeySchema keys, JsonOut out) {
    out.array("KeySchema");
    key(keys.partition(), "HASH", out);
    KeySchema.KeyAttribute sort = keys.sort();
    if (sort != null) {
      key(sort, "RANGE", out);
    }
    out.endArray();
  }

  private static void key(KeySchema.KeyAttribute attribute, String type, JsonOut out) {
    out.object().string("AttributeName", attribute.name()).string("KeyType", type).end();
  }

  private static void optionalSeconds(String name, long millis, JsonOut out) {
    if (millis != 0) {
      out.seconds(name, millis);
    }
  }
}
