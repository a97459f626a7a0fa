package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.replica.PageRead;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads a whole table or index, page by page, or one segment of it.
///
/// Source: [Scan](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html)
final class Scan implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("ScanInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<String> INDEX_NAME =
      INPUT.optional("IndexName", ItemShapes.INDEX_NAME);
  private static final Member<List<String>> ATTRIBUTES_TO_GET =
      INPUT.optional("AttributesToGet", ItemShapes.ATTRIBUTE_NAMES);
  private static final Member<Integer> LIMIT =
      INPUT.optional("Limit", Shape.integer(1, Integer.MAX_VALUE));
  private static final Member<String> SELECT = INPUT.optional("Select", ItemShapes.SELECT);
  private static final Member<SequencedMap<String, Members>> SCAN_FILTER =
      INPUT.optional("ScanFilter", ItemShapes.Filter.MAP);
  private static final Member<String> CONDITIONAL_OPERATOR =
      INPUT.optional("ConditionalOperator", ItemShapes.CONDITIONAL_OPERATOR);
  private static final Member<BinaryItem> EXCLUSIVE_START_KEY =
      INPUT.optional("ExclusiveStartKey", ItemShapes.START_KEY);
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<Integer> TOTAL_SEGMENTS =
      INPUT.optional("TotalSegments", Shape.integer(1, Limits.SCAN_SEGMENTS_MAX));
  private static final Member<Integer> SEGMENT =
      INPUT.optional("Segment", Shape.integer(0, Limits.SCAN_SEGMENTS_MAX - 1));
  private static final Member<String> PROJECTION_EXPRESSION =
      INPUT.optional("ProjectionExpression", Shape.string());
  private static final Member<String> FILTER_EXPRESSION =
      INPUT.optional("FilterExpression", Shape.string());
  private static final Member<SequencedMap<String, String>> NAMES =
      INPUT.optional("ExpressionAttributeNames", ItemShapes.NAMES);
  private static final Member<BinaryItem> VALUES =
      INPUT.optional("ExpressionAttributeValues", ItemShapes.VALUES);
  private static final Member<Boolean> CONSISTENT_READ =
      INPUT.optional("ConsistentRead", Shape.bool());
  private static final Structure SHAPE = INPUT.build();
  private static final SearchParameters.Keys SEARCH =
      new SearchParameters.Keys(
          SCAN_FILTER,
          FILTER_EXPRESSION,
          null,
          null,
          ATTRIBUTES_TO_GET,
          PROJECTION_EXPRESSION,
          CONDITIONAL_OPERATOR,
          EXCLUSIVE_START_KEY,
          NAMES,
          VALUES);

  private final ItemService service;

  Scan(ItemService service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "Scan";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members in) {
    SearchParameters parameters = new SearchParameters(service.expressions(), in, SEARCH);
    Segment segment = Segment.of(in.get(SEGMENT), in.get(TOTAL_SEGMENTS));
    Selection selection = parameters.selection(in.get(SELECT), in.has(INDEX_NAME));
    String tableName = in.need(TABLE_NAME);
    Table table = service.known(tableName);
    parameters.requireScalars(table.schema());
    GlobalIndex global =
        service.globalIndex(table, in.get(INDEX_NAME), in.get(CONSISTENT_READ, false));
    SearchRange scan =
        global == null
            ? new QueryRange(table.schema(), service.index(table.schema(), in.get(INDEX_NAME)))
            : new GlobalRange(global);
    StoredKeys.Range range = scan.segment(segment.number, segment.total);
    BinaryItem startKey = in.get(EXCLUSIVE_START_KEY);
    if (startKey != null) {
      range = behind(scan, startKey, range, segment);
    }
    PageRead read =
        new PageRead(
            range,
            false,
            in.get(LIMIT, Integer.MAX_VALUE),
            Limits.PAGE_BYTES_MAX,
            parameters.filter(),
            scan.fetch(selection));
    return new PageAnswer(
            tableName,
            scan,
            selection,
            in.get(CONSISTENT_READ, false),
            in.get(RETURN_CONSUMED_CAPACITY))
        .of(service.router().page(scan.partition(), read, in.get(CONSISTENT_READ, false)));
  }

  private static StoredKeys.Range behind(
      SearchRange scan, BinaryItem startKey, StoredKeys.Range range, Segment segment) {
    StoredKeys.Range behind = scan.behind(startKey, range);
    if (behind == null) {
      throw ApiException.validation(
          "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
              + " ExclusiveStartKey with correct Segment. TotalSegments: "
              + segment.total
              + " Segment: "
              + segment.number);
    }
    return behind;
  }

  /// Which part of a parallel scan this is.
  private record Segment(int number, int total) {
    static Segment of(@Nullable Integer number, @Nullable Integer total) {
      if (number == null && total == null) {
        return new Segment(0, 1);
      }
      if (number == null) {
        throw ApiException.validation(
            "The Segment parameter is required but was not present in the request when"
                + " parameter TotalSegments is present");
      }
      if (total == null) {
        throw ApiException.validation(
            "The TotalSegments parameter is required but was not present in the request when"
                + " Segment parameter is present");
      }
      if (number >= total) {
        throw ApiException.validation(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
                + " Segment: "
                + number
                + " is not less than TotalSegments: "
                + total);
      }
      return new Segment(number, total);
    }
  }
}
