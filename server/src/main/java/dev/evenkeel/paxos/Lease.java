package dev.evenkeel.paxos;

import java.util.ArrayList;
import java.util.List;

/// The right of a leader to answer alone: a quorum of its group's configuration supports it, each
/// under the epoch in which it took the leader's ballot. Ended, and replaced by another, when the
/// configuration or an epoch changes (R3); ended with the leader's office. Any thread.
///
/// Whoever reads under it checks [#holds] before **and after** the read.
public final class Lease {
  private final Ballot ballot;
  private final long readySlot;
  private final int quorum;

  /// The leader's own vote.
  private final int own;

  private final Support.Peer[] peers;

  /// The epoch in which each of them took the ballot.
  private final long[] epochs;

  /// Whether the leader has given it up, or another one is in its place. Without it a reader that
  /// was kept waiting would believe a lease whose ballot is history: support may still be renewed.
  private volatile boolean ended;

  Lease(Ballot ballot, long readySlot, int quorum, int own, Support.Peer[] peers, long[] epochs) {
    this.ballot = ballot;
    this.readySlot = readySlot;
    this.quorum = quorum;
    this.own = own;
    this.peers = peers;
    this.epochs = epochs;
  }

  public Ballot ballot() {
    return ballot;
  }

  /// The leader may answer once it has applied everything up to this slot: its barrier, above all
  /// that its phase 1 reported (R2).
  public long readySlot() {
    return readySlot;
  }

  /// @param now on this node's monotonic clock
  public boolean holds(long now) {
    if (ended) {
      return false;
    }
    int votes = own;
    for (int i = 0; i < peers.length; i++) {
      if (counts(i, now)) {
        votes++;
      }
    }
    return votes >= quorum;
  }

  /// The other nodes whose support it counts at this moment, by identity.
  public List<Long> counted(long now) {
    List<Long> counted = new ArrayList<>();
    for (int i = 0; i < peers.length; i++) {
      if (counts(i, now)) {
        counted.add(peers[i].node());
      }
    }
    return counted;
  }

  private boolean counts(int i, long now) {
    Support.Held held = peers[i].held();
    return held.epoch() == epochs[i] && held.isHeld(now);
  }

  /// Holds no more, for good.
  void end() {
    ended = true;
  }
}
