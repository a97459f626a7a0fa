package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.ExpressionScope;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The names and values of a request's expressions.
final class Scopes {
  private Scopes() {}

  /// Names are judged before values.
  ///
  /// @param values null where the operation has none
  /// @throws dev.evenkeel.model.ApiException a ValidationException
  static ExpressionScope of(
      Members in, Member<SequencedMap<String, String>> names, @Nullable Member<BinaryItem> values) {
    @Nullable SequencedMap<String, String> given = in.get(names);
    ExpressionScope.checkNames(given);
    return ExpressionScope.ofRequest(given, values == null ? null : in.get(values));
  }
}
