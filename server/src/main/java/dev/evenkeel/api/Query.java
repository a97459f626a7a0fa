package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.expression.IndexCondition;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Finds the items of one partition key, in the order of the sort key, of a table or an index. A
/// small page from memory is answered on the calling thread, any other on a virtual thread.
///
/// Source: [Query](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html)
final class Query implements Operation {
  private static final Structure.Builder INPUT = Structure.of("QueryInput");
  private static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
  private static final Member<String> INDEX_NAME =
      INPUT.optional("IndexName", ItemShapes.INDEX_NAME);
  private static final Member<String> SELECT = INPUT.optional("Select", ItemShapes.SELECT);
  private static final Member<List<String>> ATTRIBUTES_TO_GET =
      INPUT.optional("AttributesToGet", ItemShapes.ATTRIBUTE_NAMES);
  private static final Member<Integer> LIMIT =
      INPUT.optional("Limit", Shape.integer(1, Integer.MAX_VALUE));
  private static final Member<Boolean> CONSISTENT_READ =
      INPUT.optional("ConsistentRead", Shape.bool());
  private static final Member<SequencedMap<String, Members>> KEY_CONDITIONS =
      INPUT.optional("KeyConditions", ItemShapes.Filter.MAP);
  private static final Member<SequencedMap<String, Members>> QUERY_FILTER =
      INPUT.optional("QueryFilter", ItemShapes.Filter.MAP);
  private static final Member<String> CONDITIONAL_OPERATOR =
      INPUT.optional("ConditionalOperator", ItemShapes.CONDITIONAL_OPERATOR);
  private static final Member<Boolean> SCAN_INDEX_FORWARD =
      INPUT.optional("ScanIndexForward", Shape.bool());
  private static final Member<BinaryItem> EXCLUSIVE_START_KEY =
      INPUT.optional("ExclusiveStartKey", ItemShapes.START_KEY);
  private static final Member<String> RETURN_CONSUMED_CAPACITY =
      INPUT.optional("ReturnConsumedCapacity", ItemShapes.RETURN_CONSUMED_CAPACITY);
  private static final Member<String> PROJECTION_EXPRESSION =
      INPUT.optional("ProjectionExpression", Shape.string());
  private static final Member<String> FILTER_EXPRESSION =
      INPUT.optional("FilterExpression", Shape.string());
  private static final Member<String> KEY_CONDITION_EXPRESSION =
      INPUT.optional("KeyConditionExpression", Shape.string());
  private static final Member<SequencedMap<String, String>> NAMES =
      INPUT.optional("ExpressionAttributeNames", ItemShapes.NAMES);
  private static final Member<BinaryItem> VALUES =
      INPUT.optional("ExpressionAttributeValues", ItemShapes.VALUES);
  private static final Structure SHAPE = INPUT.build();
  private static final SearchParameters.Keys SEARCH =
      new SearchParameters.Keys(
          QUERY_FILTER,
          FILTER_EXPRESSION,
          KEY_CONDITIONS,
          KEY_CONDITION_EXPRESSION,
          ATTRIBUTES_TO_GET,
          PROJECTION_EXPRESSION,
          CONDITIONAL_OPERATOR,
          EXCLUSIVE_START_KEY,
          NAMES,
          VALUES);

  private final ItemService service;
  private final Tasks tasks;

  Query(ItemService service, Tasks tasks) {
    this.service = service;
    this.tasks = tasks;
  }

  @Override
  public String name() {
    return "Query";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public void run(Members in, Reply reply) {
    SearchParameters parameters = new SearchParameters(service.expressions(), in, SEARCH);
    parameters.requireKeys();
    Selection selection = parameters.selection(in.get(SELECT), in.has(INDEX_NAME));
    String tableName = in.need(TABLE_NAME);
    Table table = service.known(tableName);
    GlobalIndex global =
        service.globalIndex(table, in.get(INDEX_NAME), in.get(CONSISTENT_READ, false));
    Wanted wanted =
        global == null
            ? wanted(table.schema(), in, parameters)
            : wanted(table.schema(), global, in, parameters);
    SearchRange query = wanted.of;
    PageRead read =
        new PageRead(
            wanted.range,
            !in.get(SCAN_INDEX_FORWARD, true),
            in.get(LIMIT, Integer.MAX_VALUE),
            Limits.PAGE_BYTES_MAX,
            parameters.filter(),
            query.fetch(selection));
    boolean consistent = in.get(CONSISTENT_READ, false);
    PageAnswer answer =
        new PageAnswer(tableName, query, selection, consistent, in.get(RETURN_CONSUMED_CAPACITY));
    Page page = service.router().pageFromMemory(query.partition(), read, consistent);
    if (page != null) {
      reply.complete(() -> answer.of(page));
    } else {
      Supplier<Response> found =
          () -> answer.of(service.router().page(query.partition(), read, consistent));
      tasks.fork(name(), () -> reply.complete(found));
    }
  }

  /// @param range the part that is to be read
  private record Wanted(SearchRange of, StoredKeys.Range range) {}

  private Wanted wanted(TableSchema table, Members in, SearchParameters parameters) {
    QueryRange query = new QueryRange(table, service.index(table, in.get(INDEX_NAME)));
    KeyCondition condition = parameters.keyCondition(query.keys());
    parameters.refuseKeysInFilter(query.keys());
    parameters.requireScalars(table);
    BinaryItem startKey = in.get(EXCLUSIVE_START_KEY);
    return new Wanted(
        query,
        startKey == null
            ? query.of(condition)
            : query.behind(startKey, condition, !in.get(SCAN_INDEX_FORWARD, true)));
  }

  private static Wanted wanted(
      TableSchema table, GlobalIndex index, Members in, SearchParameters parameters) {
    GlobalRange query = new GlobalRange(index);
    IndexCondition condition = parameters.keyCondition(index);
    parameters.refuseKeysInFilter(index);
    parameters.requireScalars(table);
    BinaryItem startKey = in.get(EXCLUSIVE_START_KEY);
    return new Wanted(
        query,
        startKey == null
            ? query.of(condition)
            : query.behind(startKey, condition, !in.get(SCAN_INDEX_FORWARD, true)));
  }
}
