package dev.evenkeel.paxos;

/// What a [Participant] wants of the world. Called during a step; none of it may call the
/// participant back before the step has returned.
public interface Effects {
  /// Sends a message to the member on that node; it may be lost.
  void send(long node, Message message);

  /// Appends a record to the group's log. Records are numbered from 1 in the order of these calls;
  /// [Participant#durable] says how far they have come.
  void append(AcceptorRecord record);

  /// The next slot is chosen. In slot order, each slot once per life, nothing left out except by
  /// [#based].
  void choose(Entry entry);

  /// The log begins behind that slot now: a store that has applied less is void until a snapshot of
  /// that slot or a later one is installed.
  void based(long slot, Configuration configuration);

  /// Reads entries of this group from the log on disk; [Participant#fetched] brings them.
  ///
  /// @param purpose handed back
  /// @param from the first slot
  /// @param to the slot after the last one that is wanted
  void fetch(Fetch purpose, long from, long to);

  /// Role, leader, lease or configuration changed.
  void changed();

  /// What entries are read for.
  ///
  /// @param node who is to have them
  record Fetch(Kind kind, long node, Ballot ballot) {
    public enum Kind {
      /// To be sent to a follower that lags.
      STREAM,
      /// To be part of a promise.
      PROMISE
    }
  }
}
