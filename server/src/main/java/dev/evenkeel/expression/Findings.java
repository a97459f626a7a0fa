package dev.evenkeel.expression;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Mistakes that do not stop the parser: the first of each sort is kept, and the gravest is
/// reported in the end.
final class Findings {
  enum Sort {
    PARENTHESES,
    RESERVED_WORD,
    UNKNOWN_FUNCTION,
    MISUSED_FUNCTION,
    REPEATED_CLAUSE,
    PATH_LIMIT
  }

  private final ExpressionKind kind;
  private final Map<Sort, String> first = new EnumMap<>(Sort.class);

  Findings(ExpressionKind kind) {
    this.kind = kind;
  }

  void note(Sort sort, String problem) {
    first.putIfAbsent(sort, problem);
  }

  /// Throws the first finding in that order of sorts, where there is one.
  void report(Sort... order) {
    for (Sort sort : order) {
      @Nullable String problem = first.get(sort);
      if (problem != null) {
        throw kind.invalid(problem);
      }
    }
  }
}
