package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Value;
import java.util.TreeMap;

/// What one group's records in a log come to.
final class LogImage {
  final TreeMap<Long, Entry> entries = new TreeMap<>();
  Ballot promised = Ballot.NONE;
  long chosen;

  /// The log begins behind this slot, with the configuration in force there.
  long truncated;

  long configurationSlot;
  Configuration configuration;

  LogImage(Configuration first) {
    this.configuration = first;
  }

  LogImage copy() {
    LogImage copy = new LogImage(configuration);
    copy.entries.putAll(entries);
    copy.promised = promised;
    copy.chosen = chosen;
    copy.truncated = truncated;
    copy.configurationSlot = configurationSlot;
    return copy;
  }

  void apply(AcceptorRecord record) {
    switch (record) {
      case AcceptorRecord.Promised(var ballot) -> promise(ballot);
      case AcceptorRecord.Accepted(var entry, var known) -> {
        promise(entry.ballot());
        chosen = Math.max(chosen, known);
        if (entry.slot() > truncated) {
          entries.put(entry.slot(), entry);
        }
      }
      case AcceptorRecord.Based(var slot, var behind) -> {
        release(slot, slot, behind);
        chosen = Math.max(chosen, slot);
      }
    }
  }

  private void promise(Ballot ballot) {
    if (ballot.compareTo(promised) > 0) {
      promised = ballot;
    }
  }

  /// Forgets entries up to that slot, all of which are chosen.
  void release(long slot) {
    long changed = configurationSlot;
    Configuration behind = configuration;
    for (Entry entry : entries.headMap(slot, true).values()) {
      if (entry.value() instanceof Value.Reconfigure(var next)) {
        changed = entry.slot();
        behind = next;
      }
    }
    release(slot, changed, behind);
  }

  /// Begins behind that slot, whatever was before it.
  void release(long slot, long ofConfiguration, Configuration behind) {
    if (slot > truncated) {
      truncated = slot;
      entries.headMap(slot, true).clear();
      configurationSlot = ofConfiguration;
      configuration = behind;
    }
  }
}
