package dev.evenkeel.paxos;

import java.util.Set;

/// What a participant is at the moment: each state holds only what is valid in it.
sealed interface Role permits Follower, Candidate, Leader {
  /// Time has passed.
  void tick(long now);

  /// Whether [#tick] has anything to do, now or later.
  boolean isBusy(long now);

  /// More of this node's own records are durable.
  default void durable(long now) {}

  /// Nodes besides the members that have heard of this node's ballot.
  default Set<Long> contacts() {
    return Set.of();
  }

  /// Every event ends with this: what has gathered is sent.
  default void flush(long now) {}
}
