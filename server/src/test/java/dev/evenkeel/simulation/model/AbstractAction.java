package dev.evenkeel.simulation.model;

import java.util.Set;

/// An action of `spec/GroupLog.tla`, with the same name. Nodes are identities, entries are digests;
/// two entries with different content must have different digests.
public sealed interface AbstractAction {
  /// The owner of the ballot campaigns; its own promise is durable.
  ///
  /// @param from the first slot that it does not know as chosen
  record Prepare(AbstractBallot ballot, long from) implements AbstractAction {}

  /// A durable promise, as it is, or could be, reported to the candidate. A node that takes a
  /// ballot with the first Accept it hears of it has promised it too: feed this action first, so
  /// that what a joining member had voted for before is seen.
  ///
  /// @param truncated slots up to this are archived and gone from the node's log
  /// @param epoch under which the node supports the candidate, 0 for none
  record Promise(long node, AbstractBallot ballot, long truncated, long epoch)
      implements AbstractAction {}

  /// The ballot's leader sends an entry for a slot.
  record Propose(AbstractBallot ballot, long slot, long digest) implements AbstractAction {}

  /// The same for an entry that changes the configuration.
  record Reconfigure(AbstractBallot ballot, long slot, long digest, AbstractConfiguration next)
      implements AbstractAction {}

  /// A durable vote, as it is reported to the leader.
  ///
  /// @param epoch under which the node supports the leader, 0 for none
  record Accept(long node, AbstractBallot ballot, long slot, long digest, long epoch)
      implements AbstractAction {}

  /// The node tells the owner of the ballot that it holds to it, under the support that it gives
  /// now: with a Promise, with an Accepted, and whenever it is asked again. It does so after the
  /// action that made its word durable, perhaps in another life.
  record Affirm(long node, AbstractBallot ballot, long epoch) implements AbstractAction {}

  /// The ballot's leader has counted a quorum: it applies, and may answer.
  record Choose(AbstractBallot ballot, long slot) implements AbstractAction {}

  /// A node takes a slot as chosen, and applies it if it has a storage replica.
  record Learn(long node, long slot, long digest) implements AbstractAction {}

  /// A node begins or renews its support for another.
  record GrantSupport(long node, long to, long epoch) implements AbstractAction {}

  /// A node's support for another has run out on its own clock.
  record SupportLapses(long node, long to) implements AbstractAction {}

  /// The ballot's leader has a lease.
  ///
  /// @param counted the nodes whose support it counts, its own included
  record HoldLease(AbstractBallot ballot, Set<Long> counted) implements AbstractAction {
    public HoldLease {
      counted = Set.copyOf(counted);
    }
  }

  /// The lease ran out on the leader's clock, or is given up.
  record ReleaseLease(long node) implements AbstractAction {}

  /// A consistent read is answered.
  ///
  /// @param applied the slot whose state it saw
  /// @param atLeast what was acknowledged when the read began; see [AbstractState#acknowledged]
  record ConsistentRead(AbstractBallot ballot, long applied, long atLeast)
      implements AbstractAction {}

  /// The owner gives up its ballot for good, so that another may be elected at once: as its leader,
  /// as its candidate, or after a crash that ended its office.
  record Transfer(AbstractBallot ballot) implements AbstractAction {}

  /// A node that heard of a higher ballot leads no more.
  record StandDown(long node) implements AbstractAction {}

  /// All slots up to this are in the archive.
  ///
  /// @param digest of the entry in that slot
  record Archive(long node, long slot, long digest) implements AbstractAction {}

  /// The node frees its log up to this slot.
  record Truncate(long node, long slot) implements AbstractAction {}

  /// A member that was removed empties its disk; its promise stays.
  record Retire(long node) implements AbstractAction {}

  /// Everything up to this slot is durable in the node's store, applied there or taken over with a
  /// snapshot. (The specification calls both this, on every storage replica, and the archive
  /// `arch`: where a truncated entry can be had from.)
  record Flush(long node, long slot) implements AbstractAction {}

  /// The node has taken over a snapshot of this slot: it knows all up to there as chosen, and its
  /// log begins behind it. (In the specification: Learn and Truncate of each slot.)
  record Install(long node, long slot) implements AbstractAction {}

  /// The process is dead.
  record Crash(long node) implements AbstractAction {}

  /// The process is back. It takes no other node's ballot before [WaitedOut] (R1).
  ///
  /// @param known every slot up to this it still knows as chosen
  record Restart(long node, long known) implements AbstractAction {}

  /// A restarted node has waited for as long as any support of its former life may have stood.
  record WaitedOut(long node) implements AbstractAction {}

  /// The disk is gone for good, and with it the identity.
  record DiskLoss(long node) implements AbstractAction {}
}
