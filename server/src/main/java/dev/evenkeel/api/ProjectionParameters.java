package dev.evenkeel.api;

import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.KeyAttributes;
import dev.evenkeel.expression.LegacyParameters;
import dev.evenkeel.expression.Projection;
import dev.evenkeel.model.TableSchema;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The parameters by which a read asks for a part of an item.
final class ProjectionParameters {
  private ProjectionParameters() {}

  /// @return null where the whole item is wanted
  /// @throws dev.evenkeel.model.ApiException a ValidationException, when they are malformed or do
  ///   not go together
  static @Nullable Projection projection(
      Expressions expressions,
      @Nullable String expression,
      @Nullable List<String> attributesToGet,
      @Nullable SequencedMap<String, String> names) {
    new MixedParameters()
        .legacy("AttributesToGet", attributesToGet)
        .expression(ExpressionKind.PROJECTION, expression)
        .check(names, null);
    if (expression == null) {
      return legacy(attributesToGet);
    }
    ExpressionScope scope = ExpressionScope.ofRequest(names, null);
    Projection projection = expressions.projection(expression, scope);
    scope.checkAllUsed();
    return projection;
  }

  /// To be called once the table is known.
  ///
  /// @throws dev.evenkeel.model.ApiException a ValidationException, when it looks below a key
  static void check(@Nullable Projection projection, TableSchema table) {
    if (projection != null) {
      KeyAttributes.requireScalars(projection, table.keys(), table.indexKeys());
    }
  }

  static @Nullable Projection legacy(@Nullable List<String> attributesToGet) {
    return attributesToGet == null ? null : LegacyParameters.attributesToGet(attributesToGet);
  }
}
