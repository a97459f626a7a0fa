package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
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
record ProjectionParameters(Expressions expressions, Members in, Keys keys) {

  /// The members that hold them.
  ///
  /// @param attributesToGet the legacy parameter; null where the read has none
  record Keys(
      Member<String> expression,
      @Nullable Member<List<String>> attributesToGet,
      Member<SequencedMap<String, String>> names) {}

  /// To be called before anything else is judged.
  ///
  /// @throws dev.evenkeel.model.ApiException a ValidationException, when they do not go together
  void checkTogether() {
    new MixedParameters()
        .legacy(in, keys.attributesToGet)
        .expression(ExpressionKind.PROJECTION, in, keys.expression)
        .names(in, keys.names)
        .check();
  }

  /// @return null where the whole item is wanted
  /// @throws dev.evenkeel.model.ApiException a ValidationException, when they are malformed
  @Nullable Projection projection() {
    @Nullable String text = in.get(keys.expression);
    if (text == null) {
      return keys.attributesToGet == null ? null : legacy(in.get(keys.attributesToGet));
    }
    ExpressionScope scope = Scopes.of(in, keys.names, null);
    Projection projection = expressions.projection(text, scope);
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
