package dev.evenkeel.replica;

/// What became of a read of change records.
public sealed interface ChangesOutcome {
  record Read(ChangesPage page) implements ChangesOutcome {}

  /// This replica may not answer: it does not lead its group. The router asks another; a caller of
  /// the API never sees it as such.
  ///
  /// @param hint the node that leads, as far as this one knows; 0: it does not know
  record NotLeader(long hint) implements ChangesOutcome {}

  /// The records could not be read, for our fault.
  record Failed(String reason) implements ChangesOutcome {}
}
