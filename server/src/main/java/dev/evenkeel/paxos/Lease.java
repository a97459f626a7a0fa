package dev.evenkeel.paxos;

/// The right of a leader to answer alone: a quorum of its group's configuration supports it, each
/// under the epoch in which it took the leader's ballot. Immutable; replaced when the configuration
/// or an epoch changes (R3). Any thread.
///
/// Whoever reads under it checks [#holds] before **and after** the read.
public final class Lease {
  private final Ballot ballot;
  private final long readySlot;
  private final int quorum;

  /// The leader's own vote.
  private final int own;

  private final Support.Peer[] peers;
  private final long[] epochs;

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
    int votes = own;
    for (int i = 0; i < peers.length; i++) {
      Support.Held held = peers[i].held();
      if (held.epoch() == epochs[i] && held.epoch() >= 0 && now - held.until() < 0) {
        votes++;
      }
    }
    return votes >= quorum;
  }
}
