package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the check of one request stands, and the first constraint that the request violates.
///
/// Only that one is named, with its value, and members are spelt as on the wire: `1 validation
/// error detected: Value 'X' at 'KeySchema.1.member.KeyType' failed to satisfy constraint: …`.
public final class Violations {
  private static final int PATH_MAX = 64;

  /// Characters of a value that are shown, so that an answer stays small.
  private static final int SHOWN_MAX = 2_048;

  /// From the request down to what is being checked: names of members, indexes and keys.
  private final String[] path = new String[PATH_MAX];

  private int depth;
  private @Nullable ApiException first;
  private @Nullable ApiException postponed;

  Violations() {}

  static String lengthAtLeast(int min) {
    return "Member must have length greater than or equal to " + min;
  }

  static String lengthAtMost(int max) {
    return "Member must have length less than or equal to " + max;
  }

  /// What follows is about that member of what it was about.
  void enter(Member<?> member) {
    path[depth++] = member.name();
  }

  /// What follows is about that element of what it was about.
  void enterElement(String indexOrKey) {
    path[depth++] = indexOrKey;
    path[depth++] = "member";
  }

  void leave() {
    depth--;
  }

  void leaveElement() {
    depth -= 2;
  }

  /// A required member has no value.
  void addAbsent() {
    add(null, "Member must not be null");
  }

  void add(@Nullable String value, String constraint) {
    if (first == null) {
      String where = String.join(".", Arrays.asList(path).subList(0, depth));
      first = ApiException.constraint(value == null ? null : shortened(value), where, constraint);
    }
  }

  /// Keeps a problem for the case that no constraint is violated; the first one counts.
  void postpone(ApiException problem) {
    if (postponed == null) {
      postponed = problem;
    }
  }

  /// @throws ApiException a ValidationException, when anything was added
  void throwAny() {
    if (first != null) {
      throw first;
    }
    if (postponed != null) {
      throw postponed;
    }
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN_MAX ? value : value.substring(0, SHOWN_MAX) + "…";
  }
}
