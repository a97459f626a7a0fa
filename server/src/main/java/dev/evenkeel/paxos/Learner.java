package dev.evenkeel.paxos;

/// Knows up to which slot all is chosen, and passes chosen entries on in slot order.
final class Learner {
  private final AcceptedLog log;
  private final Configurations configurations;
  private final Effects effects;
  private long chosen;

  Learner(AcceptedLog log, Configurations configurations, Effects effects, long chosen) {
    this.log = log;
    this.configurations = configurations;
    this.effects = effects;
    this.chosen = chosen;
  }

  /// Every slot up to this is known as chosen, and the log's entries up to it are the chosen ones.
  long chosen() {
    return chosen;
  }

  /// Slots up to `upTo` are chosen, and the log holds what was chosen.
  ///
  /// @return whether one of them brought a configuration
  boolean advance(long upTo) {
    boolean reconfigured = false;
    while (chosen < upTo) {
      Entry entry = log.get(chosen + 1);
      chosen++;
      log.chosen(chosen);
      if (entry.value() instanceof Value.Reconfigure(var next)) {
        configurations.chosen(entry.slot(), next);
        reconfigured = true;
      }
      effects.choose(entry);
    }
    return reconfigured;
  }

  void based(long slot) {
    chosen = slot;
  }
}
