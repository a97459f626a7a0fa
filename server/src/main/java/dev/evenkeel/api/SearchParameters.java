package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.IndexCondition;
import dev.evenkeel.expression.KeyAttributes;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.KeyExpression;
import dev.evenkeel.expression.Projection;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.TableSchema;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The parameters by which Query and Scan say what they look for, as expressions or in the legacy
/// way.
final class SearchParameters {
  private final boolean legacyFilter;
  private final String projectionName;
  private final @Nullable KeyExpression keys;
  private final @Nullable Condition filter;
  private final @Nullable Projection projection;

  /// The members that hold them.
  ///
  /// @param legacyKeys null where the search has no keys
  /// @param keyExpression null where the search has no keys
  record Keys(
      Member<SequencedMap<String, Members>> legacyFilter,
      Member<String> filterExpression,
      @Nullable Member<SequencedMap<String, Members>> legacyKeys,
      @Nullable Member<String> keyExpression,
      Member<List<String>> attributesToGet,
      Member<String> projectionExpression,
      Member<String> conditionalOperator,
      Member<BinaryItem> startKey,
      Member<SequencedMap<String, String>> names,
      Member<BinaryItem> values) {

    private void checkTogether(Members in) {
      new MixedParameters()
          .legacy(in, attributesToGet)
          .legacy(in, legacyFilter)
          .legacy(in, conditionalOperator)
          .legacy(in, legacyKeys)
          .expression(ExpressionKind.PROJECTION, in, projectionExpression)
          .expression(ExpressionKind.FILTER, in, filterExpression)
          .expression(ExpressionKind.KEY_CONDITION, in, keyExpression)
          .names(in, names)
          .values(in, values)
          .check();
    }
  }

  /// Judges all that can be judged without the table, in AWS's order.
  ///
  /// @throws ApiException a ValidationException, when they are malformed or do not go together
  SearchParameters(Expressions expressions, Members in, Keys members) {
    members.checkTogether(in);
    @Nullable Condition legacy =
        LegacyMembers.filter(in.get(members.legacyFilter), in.get(members.conditionalOperator));
    in.requireSound(members.startKey);
    @Nullable Projection attributes = ProjectionParameters.legacy(in.get(members.attributesToGet));
    @Nullable KeyExpression legacyKeys = LegacyMembers.keyConditions(get(in, members.legacyKeys));
    ExpressionScope scope = Scopes.of(in, members.names, members.values);
    @Nullable String keyText = get(in, members.keyExpression);
    @Nullable String filterText = in.get(members.filterExpression);
    @Nullable String projectionText = in.get(members.projectionExpression);
    this.legacyFilter = filterText == null;
    this.projectionName =
        (in.has(members.attributesToGet) ? members.attributesToGet : members.projectionExpression)
            .name();
    this.keys = keyText == null ? legacyKeys : expressions.keyCondition(keyText, scope);
    this.filter = filterText == null ? legacy : expressions.filter(filterText, scope);
    this.projection =
        projectionText == null ? attributes : expressions.projection(projectionText, scope);
    scope.checkAllUsed();
  }

  private static <T> @Nullable T get(Members in, @Nullable Member<T> member) {
    return member == null ? null : in.get(member);
  }

  /// @throws ApiException a ValidationException, when there is no key condition
  void requireKeys() {
    if (keys == null) {
      throw ApiException.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
  }

  /// Call after [#requireKeys].
  ///
  /// @throws ApiException a ValidationException, when it does not fit the keys
  KeyCondition keyCondition(KeySchema schema) {
    return Objects.requireNonNull(keys, "required before").on(schema);
  }

  /// The same of a global index.
  IndexCondition keyCondition(GlobalIndex index) {
    return Objects.requireNonNull(keys, "required before").on(index);
  }

  /// A filter of Query may not look at the key of the index.
  void refuseKeysInFilter(GlobalIndex index) {
    if (filter != null) {
      KeyAttributes.refuseInFilter(filter, index, legacyFilter);
    }
  }

  /// Neither filter nor projection looks below a key.
  ///
  /// @throws ApiException a ValidationException, when one does
  void requireScalars(TableSchema table) {
    if (filter != null) {
      KeyAttributes.requireScalars(filter, table.keys(), table.indexKeys());
    }
    ProjectionParameters.check(projection, table);
  }

  /// A filter of Query may not look at the key.
  void refuseKeysInFilter(KeySchema schema) {
    if (filter == null) {
      return;
    }
    if (legacyFilter) {
      KeyAttributes.refuseInQueryFilter(filter, schema);
    } else {
      KeyAttributes.refuseInFilter(filter, schema);
    }
  }

  /// Null where every item passes.
  @Nullable Condition filter() {
    return filter;
  }

  /// @param indexed whether the request names an index
  /// @throws ApiException a ValidationException, when Select and projection do not go together
  Selection selection(@Nullable String select, boolean indexed) {
    return Selection.of(select, projection, projectionName, indexed);
  }
}
