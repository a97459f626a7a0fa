package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects which expressions and which legacy parameters a request has, to refuse what does not go
/// together before any of it is judged. Call order: as AWS lists them.
final class MixedParameters {
  private final List<String> legacy = new ArrayList<>();
  private final List<ExpressionKind> possible = new ArrayList<>();
  private final List<ExpressionKind> present = new ArrayList<>();
  private boolean names;
  private boolean values;

  /// @param parameter null where the operation has it not
  MixedParameters legacy(Members in, @Nullable Member<?> parameter) {
    if (parameter != null && in.has(parameter)) {
      legacy.add(parameter.name());
    }
    return this;
  }

  /// @param parameter null where the operation has it not
  MixedParameters expression(ExpressionKind kind, Members in, @Nullable Member<String> parameter) {
    if (parameter != null) {
      possible.add(kind);
      if (in.has(parameter)) {
        present.add(kind);
      }
    }
    return this;
  }

  /// @param parameter ExpressionAttributeNames
  MixedParameters names(Members in, Member<?> parameter) {
    names = in.has(parameter);
    return this;
  }

  /// @param parameter ExpressionAttributeValues
  MixedParameters values(Members in, Member<?> parameter) {
    values = in.has(parameter);
    return this;
  }

  /// @throws dev.evenkeel.model.ApiException a ValidationException
  void check() {
    new ExpressionParameters(possible, present, legacy, names, values).check();
  }
}
