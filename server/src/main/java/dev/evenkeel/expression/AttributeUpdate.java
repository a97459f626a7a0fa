package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import org.jspecify.annotations.Nullable;

/// An entry of AttributeUpdates.
///
/// @param action what to do; a request that does not say means [Action#PUT]
/// @param value the value, or null where the request has none
public record AttributeUpdate(Action action, @Nullable AttributeValue value) {
  public enum Action {
    PUT,
    ADD,
    DELETE
  }

  private static final String INVALID = "One or more parameter values were invalid: ";

  /// @throws ApiException a ValidationException, when the action does not take the value
  UpdateAction on(String attribute) {
    Path path = Path.of(attribute);
    if (value == null) {
      if (action != Action.DELETE) {
        throw ApiException.validation(
            INVALID + "Only DELETE action is allowed when no attribute value is specified");
      }
      return new UpdateAction.Remove(path);
    }
    Operand literal = new Operand.Literal(value);
    return switch (action) {
      case PUT -> new UpdateAction.Set(path, literal);
      case ADD -> {
        if (!isSet(value) && value.type() != AttributeValue.Type.N && !isList(value)) {
          throw ApiException.validation(
              INVALID + "ADD action is not supported for the type " + value.type());
        }
        yield new UpdateAction.Add(path, literal);
      }
      case DELETE -> {
        if (!isSet(value)) {
          throw ApiException.validation(
              INVALID + "DELETE action with value is not supported for the type " + value.type());
        }
        yield new UpdateAction.Delete(path, literal);
      }
    };
  }

  static boolean isSet(AttributeValue value) {
    return switch (value.type()) {
      case SS, NS, BS -> true;
      case S, N, B, M, L, NULL, BOOL -> false;
    };
  }

  private static boolean isList(AttributeValue value) {
    return value.type() == AttributeValue.Type.L;
  }
}
