package dev.evenkeel.api;

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
  private final Given given;
  private final @Nullable KeyExpression keys;
  private final @Nullable Condition filter;
  private final @Nullable Projection projection;

  /// As the request gave them.
  ///
  /// @param filterName the name of the legacy filter
  record Given(
      String filterName,
      @Nullable SequencedMap<String, Members> legacyFilter,
      @Nullable String filterExpression,
      @Nullable SequencedMap<String, Members> legacyKeys,
      @Nullable String keyExpression,
      @Nullable List<String> attributesToGet,
      @Nullable String projectionExpression,
      @Nullable String conditionalOperator,
      @Nullable SequencedMap<String, String> names,
      @Nullable BinaryItem values) {

    private void checkNotMixed() {
      MixedParameters mixed = new MixedParameters();
      mixed
          .legacy("AttributesToGet", attributesToGet)
          .legacy(filterName, legacyFilter)
          .legacy("KeyConditions", legacyKeys)
          .legacy("ConditionalOperator", conditionalOperator)
          .expression(ExpressionKind.PROJECTION, projectionExpression)
          .expression(ExpressionKind.FILTER, filterExpression);
      if (filterName.equals("QueryFilter")) {
        mixed.expression(ExpressionKind.KEY_CONDITION, keyExpression);
      }
      mixed.check(names, values);
    }
  }

  private SearchParameters(
      Given given,
      @Nullable KeyExpression keys,
      @Nullable Condition filter,
      @Nullable Projection projection) {
    this.given = given;
    this.keys = keys;
    this.filter = filter;
    this.projection = projection;
  }

  /// @throws ApiException a ValidationException, when they are malformed or do not go together
  static SearchParameters of(Expressions expressions, Given given) {
    given.checkNotMixed();
    ExpressionScope scope = ExpressionScope.ofRequest(given.names, given.values);
    KeyExpression keys =
        given.keyExpression == null
            ? LegacyMembers.keyConditions(given.legacyKeys)
            : expressions.keyCondition(given.keyExpression, scope);
    Condition filter =
        given.filterExpression == null
            ? LegacyMembers.filter(given.legacyFilter, given.conditionalOperator)
            : expressions.filter(given.filterExpression, scope);
    Projection projection =
        given.projectionExpression == null
            ? ProjectionParameters.legacy(given.attributesToGet)
            : expressions.projection(given.projectionExpression, scope);
    scope.checkAllUsed();
    return new SearchParameters(given, keys, filter, projection);
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
      KeyAttributes.refuseInFilter(filter, index, given.filterExpression == null);
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
    if (given.filterExpression == null) {
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
    return Selection.of(
        select,
        projection,
        given.attributesToGet == null ? "ProjectionExpression" : "AttributesToGet",
        indexed);
  }
}
