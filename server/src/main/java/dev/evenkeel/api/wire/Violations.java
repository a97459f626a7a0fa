package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The constraints that one request violates, and the text that says so.
///
/// AWS has two layers that check constraints, and which of them an operation runs decides the
/// wording:
///
/// - The elder names every violation (ten at most) with its value, members in lower camel case: `2
///   validation errors detected: Value 'X' at 'billingMode' failed to satisfy constraint: …; Value
///   null at 'tableName' failed to satisfy constraint: Member must not be null`.
/// - The younger, which item writes have had since 2026, names the first empty value or unknown
///   enumeration value alone, with members as on the wire and no value: `1 validation error
///   detected: Value at 'TableName' failed to satisfy constraint: Member must have length greater
///   than or equal to 1`. It leaves all other violations to the elder.
///
/// Source: observations of the service, recorded by
/// [dynamodb-conformance](https://github.com/paritysuite/dynamodb-conformance)
public final class Violations {
  private static final int NAMED_MAX = 10;
  private static final int PATH_MAX = 64;

  /// Characters of a value that are shown, so that an answer stays small.
  private static final int SHOWN_MAX = 2_048;

  /// How violations are worded.
  public enum Wording {
    /// Each violation, in lower camel case, with its value.
    EACH,
    /// The first alone, as on the wire, without its value.
    FIRST
  }

  enum Kind {
    ABSENT,
    EMPTY,
    ENUMERATION,
    OTHER
  }

  private record Violation(
      Kind kind, List<Object> path, @Nullable String value, String constraint) {}

  private final Wording wording;

  /// From the request down to what is being checked: a [Member], or the text of an index or key.
  private final Object[] path = new Object[PATH_MAX];

  private int depth;
  private final List<Violation> found = new ArrayList<>(0);
  private @Nullable ApiException postponed;

  Violations(Wording wording) {
    this.wording = wording;
  }

  static String lengthAtLeast(int min) {
    return "Member must have length greater than or equal to " + min;
  }

  static String lengthAtMost(int max) {
    return "Member must have length less than or equal to " + max;
  }

  /// What follows is about that member of what it was about.
  void enter(Member<?> member) {
    path[depth++] = member;
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
    add(Kind.ABSENT, null, "Member must not be null");
  }

  void add(Kind kind, @Nullable String value, String constraint) {
    if (found.size() < NAMED_MAX) {
      found.add(new Violation(kind, List.of(Arrays.copyOf(path, depth)), value, constraint));
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
    if (!found.isEmpty()) {
      throw ApiException.validation(firstAlone() ? firstText() : eachText());
    }
    if (postponed != null) {
      throw postponed;
    }
  }

  private boolean firstAlone() {
    return wording == Wording.FIRST
        && found.stream().allMatch(v -> v.kind() == Kind.EMPTY || v.kind() == Kind.ENUMERATION);
  }

  private String firstText() {
    Violation first = found.getFirst();
    String constraint = "ailed to satisfy constraint: " + first.constraint();
    return "1 validation error detected: "
        + (first.kind() == Kind.ENUMERATION
            ? "F" + constraint
            : "Value at '" + text(first.path(), false) + "' f" + constraint);
  }

  private String eachText() {
    StringBuilder text = new StringBuilder();
    text.append(found.size())
        .append(found.size() == 1 ? " validation error" : " validation errors")
        .append(" detected: ");
    for (int i = 0; i < found.size(); i++) {
      Violation violation = found.get(i);
      text.append(i == 0 ? "Value " : "; Value ")
          .append(violation.value() == null ? "null" : "'" + shortened(violation.value()) + "'")
          .append(" at '")
          .append(text(violation.path(), true))
          .append("' failed to satisfy constraint: ")
          .append(violation.constraint());
    }
    return text.toString();
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN_MAX ? value : value.substring(0, SHOWN_MAX) + "…";
  }

  /// @param elder whether members are written in lower camel case
  private static String text(List<Object> path, boolean elder) {
    StringBuilder text = new StringBuilder();
    for (Object segment : path) {
      boolean lower = elder && segment instanceof Member<?>;
      text.append(text.isEmpty() ? "" : ".")
          .append(lower ? Json.lowerCamel(segment.toString()) : segment);
    }
    return text.toString();
  }
}
