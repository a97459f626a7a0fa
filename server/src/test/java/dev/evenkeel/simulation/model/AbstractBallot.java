package dev.evenkeel.simulation.model;

import java.util.Comparator;

/// A ballot: ordered by round, then by node.
///
/// @param round 0 in [#NONE], else counted from 1
/// @param node identity of the node that owns it
public record AbstractBallot(long round, long node) implements Comparable<AbstractBallot> {
  /// Below every ballot.
  public static final AbstractBallot NONE = new AbstractBallot(0, 0);

  private static final Comparator<AbstractBallot> ORDER =
      Comparator.comparingLong(AbstractBallot::round)
          .thenComparing(AbstractBallot::node, Long::compareUnsigned);

  @Override
  public int compareTo(AbstractBallot other) {
    return ORDER.compare(this, other);
  }

  boolean isBelow(AbstractBallot other) {
    return compareTo(other) < 0;
  }

  @Override
  public String toString() {
    return round + "@" + node;
  }
}
