package dev.evenkeel.architecture.offenders.odd;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Neighbours of the banned calls that are harmless.
class Permitted {
  private static final Set<String> TABLE = Set.of("a", "b");

  static Object all() {
    Thread.currentThread().interrupt();
    String lower = "A".toLowerCase(Locale.ROOT);
    Map<String, URI> one = Map.of(lower, URI.create("x:y"));
    return TABLE.contains(lower) ? one : Map.of();
  }
}
