package dev.evenkeel.replica;

/// What a transaction has left in a partition, until somebody finishes it.
///
/// @param sinceMicros commit time of the entry that left it, µs since 1970
/// @param kind what it is
public record Unsettled(Transaction transaction, long sinceMicros, Kind kind) {
  /// What a transaction leaves.
  public enum Kind {
    /// Locks on items: it is prepared here, and the ledger knows whether it happens.
    LOCKS,
    /// A mark: it has happened, here and nowhere else, and the ledger may not know.
    MARK
  }
}
