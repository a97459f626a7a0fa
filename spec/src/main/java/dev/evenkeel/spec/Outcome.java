package dev.evenkeel.spec;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What came of a run.
///
/// @param generated states that were looked at
/// @param distinct different ones; 0 in a random search, which does not count them
/// @param depth longest shortest path to a state, or the steps to the violation
/// @param violated the invariant that failed; empty when none did
/// @param error what else went wrong, empty when nothing did
record Outcome(
    Run run,
    long generated,
    long distinct,
    long depth,
    String violated,
    String error,
    Duration processor) {
  private static final Pattern EXPLORED =
      Pattern.compile("(?m)^([\\d,]+) states generated, ([\\d,]+) distinct states found, 0 states");
  private static final Pattern STOPPED =
      Pattern.compile("(?m)^([\\d,]+) states generated, ([\\d,]+) distinct states found");
  private static final Pattern WALKED =
      Pattern.compile("(?m)^(?:The number of states generated|Progress): ([\\d,]+)");
  private static final Pattern DEPTH =
      Pattern.compile("depth of the complete state graph search is (\\d+)");
  private static final Pattern VIOLATED = Pattern.compile("Invariant (\\w+) is violated");
  private static final Pattern STEP = Pattern.compile("(?m)^State (\\d+):");
  private static final Pattern ERROR = Pattern.compile("(?m)^(Error: .*|\\*\\*\\*.*)$");

  /// Reads what the model checker printed.
  static Outcome read(Run run, String output, Duration processor) {
    Matcher violation = VIOLATED.matcher(output);
    String violated = violation.find() ? violation.group(1) : "";
    boolean walks = run.search().isRandom();
    boolean whole = walks || !violated.isEmpty();
    Pattern counts = walks ? WALKED : whole ? STOPPED : EXPLORED;
    OptionalLong generated = last(counts, 1, output);
    String error = "";
    if (violated.isEmpty()) {
      Matcher first = ERROR.matcher(output);
      error = first.find() ? first.group(1) : "";
    }
    if (error.isEmpty() && generated.isEmpty()) {
      error = "the model checker did not finish";
    }
    return new Outcome(
        run,
        generated.orElse(0),
        walks ? 0 : last(counts, 2, output).orElse(0),
        last(violated.isEmpty() ? DEPTH : STEP, 1, output).orElse(run.search().depth()),
        violated,
        error,
        processor);
  }

  private static OptionalLong last(Pattern pattern, int group, String output) {
    OptionalLong found = OptionalLong.empty();
    Matcher matcher = pattern.matcher(output);
    while (matcher.find()) {
      found = OptionalLong.of(Long.parseLong(matcher.group(group).replace(",", "")));
    }
    return found;
  }

  /// Whether the specification passed.
  boolean isClean() {
    return violated.isEmpty() && error.isEmpty();
  }
}
