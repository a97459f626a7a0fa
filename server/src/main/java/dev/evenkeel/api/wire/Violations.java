package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the check of one request stands, and the first constraint that the request violates.
///
/// Only that one is named, with its value, and members are spelt as on the wire: `1 validation
/// error detected: Value 'X' at 'KeySchema.1.member.KeyType' failed to satisfy constraint: …`.
public final class Violations {
  private static final int PATH_MAX = 64;

  /// Characters of a value that are shown, so that an answer stays small.
  static final int SHOWN_MAX = 2_048;

  /// From the request down to what is being checked: names of members, indexes and keys.
  private final String[] path = new String[PATH_MAX];

  private int depth;
  private @Nullable ApiException first;
  private @Nullable ApiException postponed;

  Violations() {}

  private static String lengthAtLeast(int min) {
    return "Member must have length greater than or equal to " + min;
  }

  private static String lengthAtMost(int max) {
    return "Member must have length less than or equal to " + max;
  }

  /// The bound that a length violates, or null.
  static @Nullable String ofLength(int length, int min, int max) {
    if (length < min) {
      return lengthAtLeast(min);
    }
    return length > max ? lengthAtMost(max) : null;
  }

  /// The bounds of a length that the model has, as a list that may grow.
  static List<String> lengthBetween(int min, int max) {
    List<String> constraints = new ArrayList<>();
    if (max < Shape.UNBOUNDED) {
      constraints.add(lengthAtMost(max));
    }
    if (min > 0) {
      constraints.add(lengthAtLeast(min));
    }
    return constraints;
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

  /// Part of the value violates one of several constraints, which the text lists all.
  void addAll(String value, String of, List<String> constraints) {
    add(value, of + ": [" + String.join(", ", constraints) + "]");
  }

  /// Keeps what a delegated value found wrong in itself, until it is taken; the first one counts.
  void postpone(ApiException problem) {
    if (postponed == null) {
      postponed = problem;
    }
  }

  /// What was postponed since the last call, or null.
  @Nullable ApiException takePostponed() {
    @Nullable ApiException taken = postponed;
    postponed = null;
    return taken;
  }

  /// Whether there is one already, so that no other can come first.
  boolean isAny() {
    return first != null;
  }

  /// @throws ApiException a ValidationException, when anything was added
  void throwAny() {
    if (first != null) {
      throw first;
    }
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN_MAX ? value : value.substring(0, SHOWN_MAX) + "…";
  }
}
