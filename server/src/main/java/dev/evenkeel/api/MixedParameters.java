package dev.evenkeel.api;

import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects which expressions and which legacy parameters a request has, to refuse what does not go
/// together. Call order: as AWS lists them.
final class MixedParameters {
  private final List<String> legacy = new ArrayList<>();
  private final List<ExpressionKind> possible = new ArrayList<>();
  private final List<ExpressionKind> present = new ArrayList<>();

  MixedParameters legacy(String parameter, @Nullable Object value) {
    if (value != null) {
      legacy.add(parameter);
    }
    return this;
  }

  MixedParameters expression(ExpressionKind kind, @Nullable String text) {
    possible.add(kind);
    if (text != null) {
      present.add(kind);
    }
    return this;
  }

  /// @param names ExpressionAttributeNames, or null
  /// @param values ExpressionAttributeValues, or null
  /// @throws dev.evenkeel.model.ApiException a ValidationException
  void check(@Nullable Object names, @Nullable Object values) {
    new ExpressionParameters(possible, present, legacy, names != null, values != null).check();
  }
}
