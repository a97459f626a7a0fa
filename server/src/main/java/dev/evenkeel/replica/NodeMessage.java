package dev.evenkeel.replica;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Disks;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Support;

/// What storage nodes say to each other.
public sealed interface NodeMessage {
  // One-way.

  /// Asks for support; see [Support].
  ///
  /// @param wallMicros what the sender's wall clock shows, for [WallClocks]; 0 for nothing
  record Beat(Support.Heartbeat heartbeat, long wallMicros, Disks.State disks)
      implements NodeMessage {}

  /// Gives support.
  record Supports(Support.Supported supported) implements NodeMessage {}

  /// The sender serves nobody any more, and holds no lease.
  record Farewell() implements NodeMessage {}

  /// One member of a group to another.
  record Protocol(long group, Message message) implements NodeMessage {}

  /// The sender was spoken to as a member of that group and knows nothing of it.
  record NoSuchReplica(long group) implements NodeMessage {}

  /// The receiver is no member of the group in this configuration, which is chosen.
  record NotMember(long group, Configuration configuration) implements NodeMessage {}

  /// Who leads a group, and who is in it: told to every node when it changes.
  ///
  /// @param generation of the announcement: the leader's ballot's round; a higher one wins
  record Leads(long group, long leader, long generation, Configuration configuration)
      implements NodeMessage {}

  // Requests and their answers.

  /// Asks a replica; answered with [Answer].
  record Ask(Request request) implements NodeMessage {}

  /// Answers [Ask].
  sealed interface Answer extends NodeMessage {
    record OfWrite(WriteOutcome outcome) implements Answer {}

    record OfRead(ReadOutcome outcome) implements Answer {}

    record OfPage(PageOutcome outcome) implements Answer {}

    record OfChanges(ChangesOutcome outcome) implements Answer {}

    record OfTogether(TogetherOutcome outcome) implements Answer {}
  }

  /// Empties a range of a partition's keys; answered with [Answer.OfWrite].
  record Empty(long group) implements NodeMessage {}

  /// Opens a replica, once: with all members of a new group, or behind `slot` for a node that
  /// joins. Answered with [Done].
  ///
  /// @param joins whether the group has a history, which has to be fetched
  record Open(long group, long slot, boolean joins, Configuration configuration)
      implements NodeMessage {}

  /// Closes a replica of a group that is no more, and deletes what it holds. Answered with [Done].
  record Drop(long group) implements NodeMessage {}

  /// Whether the node has a replica of that group, or may have lost one. Answered with [Done].
  record Has(long group) implements NodeMessage {}

  /// Answers [Open], [Drop] and [Has].
  ///
  /// @param problem empty when it is done
  record Done(String problem) implements NodeMessage {}

  /// Asks for a piece of a partition's state; answered with [Piece].
  ///
  /// @param from the first key; empty for the beginning
  @SuppressWarnings("ArrayRecordComponent")
  record Fetch(long group, byte[] from, int bytesMax) implements NodeMessage {}

  /// A piece of state.
  ///
  /// @param problem not empty when there is none
  /// @param applied the slot that was applied before the piece was read
  /// @param totals of that slot, see [Growth], and twice eight bytes: see ReplicaState.Order
  /// @param pairs keys and values in turn, each with its length before it
  /// @param next the first key of the next piece; empty when this was the last
  /// @param checksum CRC-32C of `pairs`
  @SuppressWarnings("ArrayRecordComponent")
  record Piece(String problem, long applied, byte[] totals, byte[] pairs, byte[] next, int checksum)
      implements NodeMessage {}
}
