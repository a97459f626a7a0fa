package dev.evenkeel.paxos;

/// What a leader or a candidate numbers its proposals with. Ordered by round, then by node; unique,
/// since a node uses each round at most once and no two nodes share an identity.
///
/// @param round counts up from 1; 0 in [#NONE]
/// @param node identity of the node that owns the ballot
public record Ballot(long round, long node) implements Comparable<Ballot> {
  /// Below every ballot that is in use.
  public static final Ballot NONE = new Ballot(0, 0);

  @Override
  public int compareTo(Ballot other) {
    int byRound = Long.compare(round, other.round);
    return byRound != 0 ? byRound : Long.compareUnsigned(node, other.node);
  }

  boolean isAbove(Ballot other) {
    return compareTo(other) > 0;
  }

  boolean isBelow(Ballot other) {
    return compareTo(other) < 0;
  }

  /// The ballot of that node in the next round.
  Ballot next(long owner) {
    return new Ballot(round + 1, owner);
  }

  @Override
  public String toString() {
    return round + "@" + Long.toHexString(node);
  }
}
