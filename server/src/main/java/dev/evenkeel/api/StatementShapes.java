package dev.evenkeel.api;

import dev.evenkeel.api.wire.ItemJson;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shapes that the operations on statements share.
final class StatementShapes {
  static final Shape<String> STATEMENT = Shape.string(1, Limits.STATEMENT_CHARS_MAX);
  static final Shape<List<Parameter>> PARAMETERS =
      Shape.list(
          Shape.delegated("AttributeValue", Parameter::read, Parameter.Refused::new),
          1,
          Integer.MAX_VALUE);

  private StatementShapes() {}

  /// One parameter. In a batch a malformed one is a mistake of its statement only.
  sealed interface Parameter {
    record Value(AttributeValue value) implements Parameter {}

    record Refused(ApiException problem) implements Parameter {}

    private static Parameter read(tools.jackson.core.JsonParser parser) {
      return new Value(ItemJson.readValue(parser));
    }
  }

  /// @param parameters null where the request has none
  /// @throws ApiException what is wrong with the first that is malformed
  static List<AttributeValue> values(@Nullable List<Parameter> parameters) {
    List<AttributeValue> values = new ArrayList<>();
    if (parameters != null) {
      for (Parameter parameter : parameters) {
        switch (parameter) {
          case Parameter.Value(AttributeValue value) -> values.add(value);
          case Parameter.Refused(ApiException problem) -> throw problem;
        }
      }
    }
    return values;
  }
}
