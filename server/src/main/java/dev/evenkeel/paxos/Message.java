package dev.evenkeel.paxos;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the members of a group say to each other. The tree, and who answers what, stands in the
/// package's documentation. A message may be lost, doubled, late or overtaken by another.
public sealed interface Message {
  /// The ballot that the message is about.
  Ballot ballot();

  /// Phase 1a: asks for a promise, and for what was accepted from that slot on.
  ///
  /// @param from the first slot that the candidate does not know as chosen, or of which it has not
  ///   heard yet when a promise came in pieces
  /// @param released a ballot that its leader gave up in the candidate's favour, or null
  record Prepare(Ballot ballot, long from, @Nullable Ballot released) implements Message {}

  /// Phase 1b: promises to take part in no lower ballot.
  ///
  /// @param from as asked
  /// @param chosen every slot up to this is known as chosen; entries up to it are chosen ones
  /// @param truncated slots up to this are chosen and gone from the log: never "empty" (R4)
  /// @param accepted what was accepted from `from` on, in slot order, without gaps
  /// @param last whether that is all; else ask again from the slot after
  /// @param epoch under which the candidate has the sender's support
  record Promise(
      Ballot ballot,
      long from,
      long chosen,
      long truncated,
      List<Entry> accepted,
      boolean last,
      long epoch)
      implements Message {
    public Promise {
      accepted = List.copyOf(accepted);
    }
  }

  /// Says no to a Prepare, an Accept or a Base of `ballot`.
  ///
  /// @param promised the ballot that stands in its way
  /// @param bound whether the sender is bound by its support for a leader, or by a wait after a
  ///   restart, and not by a higher ballot
  record Reject(Ballot ballot, Ballot promised, boolean bound) implements Message {}

  /// Phase 2a for the slots from `first` on, without gaps; with no values: is this still my ballot?
  ///
  /// @param chosen every slot up to this is chosen, by the sender's knowledge
  /// @param stored every storage replica holds everything up to this durably in its store
  /// @param answer whether an answer is wanted though nothing is missing
  record Accept(
      Ballot ballot, long first, List<Value> values, long chosen, long stored, boolean answer)
      implements Message {
    public Accept {
      values = List.copyOf(values);
    }
  }

  /// Phase 2b: all slots up to `upTo` are durably accepted in this ballot, or known as chosen.
  ///
  /// @param next the slot that the sender expects next
  /// @param gap whether something before what came is missing: go on with `next`
  /// @param chosen every slot up to this is known as chosen to the sender
  /// @param stored everything up to this is durable in the sender's store; 0 for a log replica
  /// @param epoch under which the leader has the sender's support
  record Accepted(
      Ballot ballot, long upTo, long next, boolean gap, long chosen, long stored, long epoch)
      implements Message {}

  /// The slots up to `slot` are chosen and gone from the leader's log: begin your log behind them,
  /// and fetch the state in a snapshot.
  ///
  /// @param configuration in force behind `slot`
  record Base(Ballot ballot, long slot, Configuration configuration) implements Message {}

  /// The owner of the ballot has given it up: no lease of it counts any more.
  ///
  /// @param successor who should be elected next; 0 for anybody but the sender
  record Resign(Ballot ballot, long successor) implements Message {}

  /// Gray failure: do you hear the leader of this ballot?
  record Hears(Ballot ballot) implements Message {}

  /// Answers [Hears]: whether the sender supports that leader at this moment.
  record Heard(Ballot ballot, boolean hears) implements Message {}
}
