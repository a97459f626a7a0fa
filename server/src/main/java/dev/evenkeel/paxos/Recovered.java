package dev.evenkeel.paxos;

import java.util.List;

/// What a replica found of itself at a start.
///
/// @param promised the newest ballot that it promised or accepted
/// @param applied its store has applied everything up to this slot; for a log replica where its log
///   begins
/// @param configurationSlot slot of the entry that brought `configuration`; 0 for a group's first
/// @param configuration in force behind `applied`
/// @param chosen every slot up to this was known as chosen; not below `applied`
/// @param accepted entries above `applied`, in slot order, without gaps
/// @param truncated the log on disk begins behind this slot. It is `applied` when the log does not
///   prove that its entries up to there are the chosen ones: neither do its records know `applied`
///   as chosen, nor is its entry there of the ballot in which it was applied (the store may have
///   been durable before the log, or come in a snapshot)
/// @param restoring whether the store waits for a snapshot
public record Recovered(
    Ballot promised,
    long applied,
    long configurationSlot,
    Configuration configuration,
    long chosen,
    List<Entry> accepted,
    long truncated,
    boolean restoring) {
  public Recovered {
    accepted = List.copyOf(accepted);
  }

  /// A group that has never done anything.
  public static Recovered fresh(Configuration first) {
    return new Recovered(Ballot.NONE, 0, 0, first, 0, List.of(), 0, false);
  }
}
