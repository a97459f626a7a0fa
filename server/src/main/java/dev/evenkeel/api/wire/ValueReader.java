package dev.evenkeel.api.wire;

import tools.jackson.core.JsonParser;

/// Reads a value from JSON in a way of its own.
///
/// @param <T> the type of what is read
@FunctionalInterface
public interface ValueReader<T> {
  /// Reads the value that starts at the parser's current token, an object's or a list's first, and
  /// leaves the parser at its last token.
  ///
  /// A ValidationException is kept until somebody asks for the value, see [Members]; the parser may
  /// then stand anywhere within it.
  ///
  /// @throws dev.evenkeel.model.ApiException a SerializationException for a wrong JSON type, a
  ///   ValidationException for what the value may not hold
  T read(JsonParser parser);
}
