package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.IndexCondition;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.Ordering;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import dev.evenkeel.partiql.ReadPlan;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.router.RequestRouter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the pages of a SELECT, range after range, as Query and Scan read one.
///
/// @param consistent the request's ConsistentRead
record StatementSearch(RequestRouter router, PreparedStatement.Search search, boolean consistent) {

  /// One range of the plan.
  private record Part(
      @Nullable AttributeValue partition, StoredKeys.Range range, @Nullable Condition filter) {}

  /// What one request found.
  ///
  /// @param next where the next one goes on; null at the end
  record Found(List<BinaryItem> items, ConsumedCapacity consumed, @Nullable StatementToken next) {}

  /// Blocks, so call it from a virtual thread.
  ///
  /// @param limit how many items are evaluated at most
  /// @param from null: from the beginning
  /// @throws ApiException a ValidationException, when the token does not fit
  Found run(int limit, @Nullable StatementToken from) {
    List<Part> parts = parts();
    boolean descending = search.plan() instanceof ReadPlan.Ranges ranges && ranges.descending();
    PageRead.Fetch fetch =
        search.range().fetch(new Selection(false, search.columns().attributes(), false));
    List<BinaryItem> items = new ArrayList<>();
    ConsumedCapacity consumed = new ConsumedCapacity(search.tableName());
    int left = limit;
    long bytesLeft = Limits.PAGE_BYTES_MAX;
    int first = from == null ? 0 : from.range();
    if (from != null && first >= parts.size()) {
      throw StatementToken.mismatch();
    }
    for (int i = first; i < parts.size(); i++) {
      if (left <= 0 || bytesLeft <= 0) {
        return new Found(items, consumed, new StatementToken(i, null));
      }
      Part part = parts.get(i);
      @Nullable BinaryItem last = from == null || i > first ? null : from.last();
      StoredKeys.Range range =
          last == null
              ? part.range
              : search.range().behind(last, part.range, part.range, descending);
      Page page =
          router.page(
              search.range().partition(),
              new PageRead(range, descending, left, bytesLeft, part.filter, fetch),
              consistent);
      page.items().forEach(item -> items.add(search.columns().apply(item)));
      consumed.add(search.range().consumed(search.tableName(), page, consistent));
      if (page.last() != null) {
        BinaryItem key = search.range().keyOf(page.last());
        return new Found(items, consumed, new StatementToken(i, key));
      }
      left -= page.evaluated();
      bytesLeft -= page.bytes() + page.fetchedBytes();
    }
    return new Found(items, consumed, null);
  }

  private List<Part> parts() {
    return switch (search.plan()) {
      case ReadPlan.Whole(@Nullable Condition filter) ->
          List.of(new Part(null, search.range().segment(0, 1), scalars(filter)));
      case ReadPlan.Ranges ranges -> parts(ranges);
      case ReadPlan.Item _ -> throw new IllegalStateException("one item is no page");
    };
  }

  /// @throws ApiException a ValidationException, when ranges overlap that AWS does not read
  ///   together
  private List<Part> parts(ReadPlan.Ranges plan) {
    List<Part> parts = sorted(plan, plan.ranges());
    if (!overlap(parts)) {
      return parts;
    }
    if (plan.merged() == null) {
      throw ApiException.validation("The conditions on the sort key overlap");
    }
    return sorted(plan, plan.merged());
  }

  private List<Part> sorted(ReadPlan.Ranges plan, List<ReadPlan.KeyRange> ranges) {
    List<Part> parts = new ArrayList<>(ranges.size());
    for (ReadPlan.KeyRange range : ranges) {
      StoredKeys.Range stored = stored(range.keys());
      if (Arrays.compareUnsigned(stored.from(), stored.to()) < 0) {
        parts.add(new Part(range.keys().partition(), stored, scalars(range.filter())));
      }
    }
    Comparator<Part> byPartition =
        (a, b) ->
            a.partition == null || b.partition == null
                ? 0
                : Ordering.compare(a.partition, b.partition);
    Comparator<Part> within = (a, b) -> Arrays.compareUnsigned(a.range.from(), b.range.from());
    parts.sort(
        (plan.partitionsDescending() ? byPartition.reversed() : byPartition)
            .thenComparing(plan.descending() ? within.reversed() : within));
    return parts;
  }

  private StoredKeys.Range stored(KeyCondition keys) {
    return switch (search.range()) {
      case QueryRange range -> range.of(keys);
      case GlobalRange range ->
          range.of(
              new IndexCondition(
                  List.of(keys.partition()),
                  keys.sort() == null ? List.of() : List.of(keys.sort())));
    };
  }

  /// Whether any two that follow each other do, as all do that overlap at all.
  private static boolean overlap(List<Part> parts) {
    for (int i = 1; i < parts.size(); i++) {
      StoredKeys.Range a = parts.get(i - 1).range;
      StoredKeys.Range b = parts.get(i).range;
      if (Arrays.compareUnsigned(a.from(), b.to()) < 0
          && Arrays.compareUnsigned(b.from(), a.to()) < 0) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Condition scalars(@Nullable Condition filter) {
    return ConditionParameters.on(filter, search.table());
  }
}
