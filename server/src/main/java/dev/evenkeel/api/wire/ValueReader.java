package dev.evenkeel.api.wire;

import tools.jackson.core.JsonParser;

/// Reads a value from JSON in a way of its own.
///
/// @param <T> the type of what is read
@FunctionalInterface
public interface ValueReader<T> {
  /// Reads the value that starts at the parser's current token, which is never null or JSON null,
  /// and leaves the parser at its last token.
  ///
  /// A ValidationException is kept until the whole body was read and all constraints were found
  /// satisfied; the parser may then stand anywhere within the value.
  ///
  /// @throws dev.evenkeel.model.ApiException a SerializationException for a wrong JSON type, a
  ///   ValidationException for what the value may not hold
  T read(JsonParser parser);
}
