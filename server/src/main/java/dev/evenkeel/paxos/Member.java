package dev.evenkeel.paxos;

/// A replica in a configuration.
///
/// @param node identity of the node that holds it; a node that lost its disk has another identity,
///   so it can never vote as the replica it was (R5)
public record Member(long node, Kind kind) {
  public enum Kind {
    /// Log and ordered store: may lead and serve reads.
    STORAGE,
    /// Log only: votes and acknowledges, never leads.
    LOG
  }
}
