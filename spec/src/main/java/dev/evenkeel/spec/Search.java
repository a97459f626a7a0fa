package dev.evenkeel.spec;

import java.util.List;

/// How states are looked for.
///
/// @param traces random walks; 0 for all states, breadth first
/// @param depth steps of a walk at most
/// @param seed walks begin from it, so a run can be repeated
record Search(long traces, int depth, long seed) {
  private static final Search EXHAUSTIVE = new Search(0, 0, 0);
  private static final long USUAL_SEED = 7;

  /// Reads `exhaustive` or `random TRACES DEPTH [SEED]`.
  static Search parse(List<String> words) {
    return switch (words.getFirst()) {
      case "exhaustive" -> EXHAUSTIVE;
      case "random" ->
          new Search(
              Long.parseLong(words.get(1)),
              Integer.parseInt(words.get(2)),
              words.size() > 3 ? Long.parseLong(words.get(3)) : USUAL_SEED);
      default -> throw new IllegalArgumentException("a search is exhaustive or random: " + words);
    };
  }

  boolean isExhaustive() {
    return traces == 0;
  }

  /// The model checker's flags.
  List<String> flags() {
    return isExhaustive()
        ? List.of()
        : List.of("-simulate", "num=" + traces, "-depth", "" + depth, "-seed", "" + seed);
  }

  @Override
  public String toString() {
    return isExhaustive() ? "exhaustive" : "random " + traces + " × " + depth;
  }
}
