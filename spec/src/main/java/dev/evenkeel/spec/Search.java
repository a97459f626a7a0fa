package dev.evenkeel.spec;

import java.util.List;

/// How states are looked for.
///
/// @param traces random walks; 0 for all states, breadth first
/// @param depth steps of a walk at most, or to a state; 0 for all states that there are
/// @param seed walks begin from it, so a run can be repeated
record Search(long traces, int depth, long seed) {
  private static final Search EXHAUSTIVE = new Search(0, 0, 0);
  private static final long USUAL_SEED = 7;

  /// Reads `exhaustive`, `through DEPTH` or `random TRACES DEPTH [SEED]`.
  static Search parse(List<String> words) {
    return switch (words.getFirst()) {
      case "exhaustive" -> EXHAUSTIVE;
      case "through" -> new Search(0, Integer.parseInt(words.get(1)), 0);
      case "random" ->
          new Search(
              Long.parseLong(words.get(1)),
              Integer.parseInt(words.get(2)),
              words.size() > 3 ? Long.parseLong(words.get(3)) : USUAL_SEED);
      default ->
          throw new IllegalArgumentException("a search is exhaustive, through or random: " + words);
    };
  }

  boolean isExhaustive() {
    return traces == 0 && depth == 0;
  }

  boolean isRandom() {
    return traces > 0;
  }

  /// Whether every state is looked at that the other search may look at, but for chance.
  boolean covers(Search other) {
    return isExhaustive()
        || (isRandom() == other.isRandom() && other.depth > 0 && depth >= other.depth);
  }

  /// The model checker's flags.
  List<String> flags() {
    return isRandom()
        ? List.of("-simulate", "num=" + traces, "-depth", "" + depth, "-seed", "" + seed)
        : List.of();
  }

  @Override
  public String toString() {
    if (isExhaustive()) {
      return "exhaustive";
    }
    return isRandom() ? "random " + traces + " × " + depth : "through depth " + depth;
  }
}
