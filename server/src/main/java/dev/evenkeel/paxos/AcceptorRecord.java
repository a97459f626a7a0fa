package dev.evenkeel.paxos;

/// What an acceptor must not forget: appended to the log, and durable before anybody hears of it.
public sealed interface AcceptorRecord {
  /// No lower ballot any more.
  record Promised(Ballot ballot) implements AcceptorRecord {}

  /// An entry was accepted, which is a promise of its ballot as well.
  ///
  /// @param chosen every slot up to this was known as chosen, and lies before this record as chosen
  record Accepted(Entry entry, long chosen) implements AcceptorRecord {}

  /// The log begins behind this slot; what was before it is void.
  record Based(long slot, Configuration configuration) implements AcceptorRecord {}
}
