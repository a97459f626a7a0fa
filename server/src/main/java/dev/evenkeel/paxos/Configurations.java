package dev.evenkeel.paxos;

/// The newest chosen configuration, which is in force at every slot behind its own.
///
/// Nothing is proposed past a configuration entry that is not chosen (R6), so of the slots that are
/// open at any time all have the same configuration in force: the newest chosen one.
final class Configurations {
  private long slot;
  private Configuration current;

  /// @param slot of its entry; 0 for a group's first
  Configurations(long slot, Configuration current) {
    this.slot = slot;
    this.current = current;
  }

  Configuration current() {
    return current;
  }

  /// Slot of the entry that brought the current configuration.
  long slot() {
    return slot;
  }

  /// A configuration entry is chosen.
  void chosen(long at, Configuration next) {
    if (at <= slot || !current.mayBecome(next)) {
      throw new AssertionError(next + " at " + at + " does not follow " + current + " at " + slot);
    }
    slot = at;
    current = next;
  }

  /// The log begins behind a slot at which this configuration is in force.
  void based(long at, Configuration configuration) {
    slot = at;
    current = configuration;
  }
}
