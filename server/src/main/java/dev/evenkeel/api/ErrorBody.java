package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.model.ApiException;
import java.util.Set;

/// The answer that says what went wrong: `{"__type":"<prefix>#<Name>","message":"…"}` and the
/// error's own members.
public final class ErrorBody {
  /// Errors that spell their text `Message`.
  private static final Set<ApiException.Kind> CAPITAL_MESSAGE =
      Set.of(
          ApiException.Kind.SERIALIZATION,
          ApiException.Kind.ACCESS_DENIED,
          ApiException.Kind.TRANSACTION_CANCELED,
          ApiException.Kind.TRANSACTION_IN_PROGRESS,
          ApiException.Kind.IDEMPOTENT_PARAMETER_MISMATCH);

  /// Writes a member's value that is not a string.
  @FunctionalInterface
  public interface ValueWriter {
    void write(JsonOut out, Object value);
  }

  private ErrorBody() {}

  /// @param values how members other than strings are written
  public static Response of(ApiException error, ValueWriter values) {
    JsonOut out = JsonOut.start();
    out.string("__type", error.kind().type());
    String message = CAPITAL_MESSAGE.contains(error.kind()) ? "Message" : "message";
    out.string(message, error.getMessage());
    error
        .members()
        .forEach((name, value) -> {
          if (value instanceof String text) {
            out.string(name, text);
          } else {
            out.name(name);
            values.write(out, value);
          }
        });
    return Response.of(error.kind().status(), error.kind().shape(), out);
  }
}
