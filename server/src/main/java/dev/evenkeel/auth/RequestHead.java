package dev.evenkeel.auth;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What came before the body. Every character stands for one byte (ISO 8859-1), so that what was
/// signed can be rebuilt to the byte.
public interface RequestHead {
  String method();

  /// The path as sent, still encoded, without the query.
  String path();

  /// What stood behind the `?`, as sent; empty when there was none.
  String query();

  /// The first value of that header, names compared without case; null when there is none.
  @Nullable String header(String name);

  /// All values of that header in the order sent; empty when there is none.
  List<String> headers(String name);

  /// The names of all headers, in any case.
  Set<String> names();
}
