package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.WriteOutcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the outcome of a single-item write into its answer.
///
/// @param tableName as the request named it
/// @param partition the item's partition key
/// @param attributes what the request's ReturnValues asks for
/// @param capacity the request's ReturnConsumedCapacity
/// @param metrics the request's ReturnItemCollectionMetrics
/// @param onFailure the request's ReturnValuesOnConditionCheckFailure
record WriteAnswer(
    String tableName,
    TableSchema table,
    AttributeValue partition,
    Attributes attributes,
    @Nullable String capacity,
    @Nullable String metrics,
    @Nullable String onFailure) {

  private static final int BYTES_BESIDE_ITEM = 256;

  /// The item, or the part of it, that goes back to the caller.
  @FunctionalInterface
  interface Attributes {
    Attributes NONE = applied -> null;
    Attributes ALL_OLD = WriteOutcome.Applied::before;
    Attributes ALL_NEW = WriteOutcome.Applied::after;

    /// The item before, as far as the update touches it.
    static Attributes updatedOld(Update update) {
      return applied -> updated(update, applied.before());
    }

    /// The item after, as far as the update touches it.
    static Attributes updatedNew(Update update) {
      return applied -> updated(update, applied.after());
    }

    private static @Nullable BinaryItem updated(Update update, @Nullable BinaryItem image) {
      return image == null ? null : BinaryItem.of(update.updated(image));
    }

    @Nullable BinaryItem of(WriteOutcome.Applied applied);
  }

  /// What ReturnValues may ask of a put or a deletion.
  ///
  /// @throws ApiException a ValidationException for values that only updates know
  static Attributes oldOrNone(String returnValues) {
    return switch (returnValues) {
      case "NONE" -> Attributes.NONE;
      case "ALL_OLD" -> Attributes.ALL_OLD;
      default -> throw ApiException.validation("Return values set to invalid value");
    };
  }

  /// @throws ApiException for every outcome but `Applied`
  Response of(WriteOutcome outcome) {
    return response(applied(outcome, onFailure));
  }

  /// @param onFailure the request's ReturnValuesOnConditionCheckFailure
  /// @throws ApiException for every outcome but `Applied`
  static WriteOutcome.Applied applied(WriteOutcome outcome, @Nullable String onFailure) {
    return switch (outcome) {
      case WriteOutcome.Applied applied -> applied;
      case WriteOutcome.ConditionFailed(var item) -> throw conditionFailed(item, onFailure);
      default -> throw WriteFailures.error(outcome);
    };
  }

  private static ApiException conditionFailed(
      @Nullable BinaryItem item, @Nullable String onFailure) {
    boolean returned = item != null && "ALL_OLD".equals(onFailure);
    return ApiException.with(
        ApiException.Kind.CONDITIONAL_CHECK_FAILED,
        "The conditional request failed",
        returned ? Map.of("Item", item) : Map.of());
  }

  private Response response(WriteOutcome.Applied applied) {
    BinaryItem returned = attributes.of(applied);
    JsonOut out =
        JsonOut.start(
            returned == null ? BYTES_BESIDE_ITEM : 2 * returned.size() + BYTES_BESIDE_ITEM);
    if (returned != null && returned.count() > 0) {
      out.name("Attributes");
      out.item(returned);
    }
    if (ConsumedCapacity.isAsked(capacity)) {
      consumed(tableName, table, applied).write(out, capacity);
    }
    if ("SIZE".equals(metrics)) {
      ItemCollectionMetrics collection =
          ItemCollectionMetrics.of(table, partition, applied.collectionBytes());
      if (collection.isKnown()) {
        out.object("ItemCollectionMetrics");
        collection.members(out);
        out.end();
      }
    }
    return Response.ok(out);
  }

  /// What a write consumed.
  static ConsumedCapacity consumed(
      String tableName, TableSchema table, WriteOutcome.Applied applied) {
    return consumed(tableName, table, WriteOutcome.Effect.of(applied));
  }

  /// The same of one of several writes.
  static ConsumedCapacity consumed(
      String tableName, TableSchema table, WriteOutcome.Effect effect) {
    return new ConsumedCapacity(tableName)
        .table(Capacity.writeHalves(effect.bytesBefore(), effect.bytesAfter()))
        .indexes(table, effect.indexHalves());
  }
}
