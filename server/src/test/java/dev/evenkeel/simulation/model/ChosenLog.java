package dev.evenkeel.simulation.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The log that the group agreed on, and how much of it each node knows.
final class ChosenLog {
  /// Digest of the entry in slot `i + 1`.
  private long[] digests = new long[64];

  /// The lowest ballot that has counted a quorum for slot `i + 1`.
  private final List<AbstractBallot> counted = new ArrayList<>();

  /// Slots up to this are chosen: a leader has counted a quorum for each.
  private long last;

  private final Map<Long, Long> known = new HashMap<>();
  private final Map<Long, Long> stored = new HashMap<>();

  /// Slot of an entry that changed the configuration → the new one, in force behind it.
  private final TreeMap<Long, AbstractConfiguration> history = new TreeMap<>();

  /// Digest of an entry that changes the configuration → what it changes it to.
  private final Map<Long, AbstractConfiguration> changes = new HashMap<>();

  private long archived;
  private long safe;

  ChosenLog(AbstractConfiguration first) {
    history.put(0L, first);
  }

  long last() {
    return last;
  }

  boolean isChosen(long slot) {
    return slot <= last;
  }

  long digest(long slot) {
    return digests[Math.toIntExact(slot - 1)];
  }

  /// The next slot is chosen.
  void choose(long slot, long digest) {
    if (slot > digests.length) {
      digests = Arrays.copyOf(digests, digests.length * 2);
    }
    digests[Math.toIntExact(slot - 1)] = digest;
    last = slot;
    AbstractConfiguration next = changes.get(digest);
    if (next != null) {
      history.put(slot, next);
      settle();
    }
  }

  /// That ballot has counted a quorum for the slot.
  void count(long slot, AbstractBallot ballot) {
    int at = Math.toIntExact(slot - 1);
    if (at == counted.size()) {
      counted.add(ballot);
    } else if (ballot.isBelow(counted.get(at))) {
      counted.set(at, ballot);
    }
  }

  /// The lowest ballot that has counted a quorum for a chosen slot.
  AbstractBallot counted(long slot) {
    return counted.get(Math.toIntExact(slot - 1));
  }

  /// The configuration in force at a slot: that of the newest configuration entry before it.
  AbstractConfiguration configuration(long slot) {
    return history.lowerEntry(slot).getValue();
  }

  /// The configuration in force after everything that is chosen.
  AbstractConfiguration current() {
    return history.lastEntry().getValue();
  }

  /// Slot of the entry that brought it; 0 for the first.
  long configurationSlot() {
    return history.lastKey();
  }

  void change(long digest, AbstractConfiguration next) {
    changes.put(digest, next);
  }

  @Nullable AbstractConfiguration change(long digest) {
    return changes.get(digest);
  }

  long known(long node) {
    return known.getOrDefault(node, 0L);
  }

  void know(long node, long slot) {
    known.put(node, slot);
  }

  long archived() {
    return archived;
  }

  void archive(long slot) {
    archived = slot;
  }

  void store(long node, long slot) {
    stored.merge(node, slot, Math::max);
    settle();
  }

  private void settle() {
    long everywhere = current().storage().stream().mapToLong(this::stored).min().orElse(0);
    safe = Math.max(safe, everywhere);
  }

  long stored(long node) {
    return stored.getOrDefault(node, 0L);
  }

  /// Slots up to this can be had from elsewhere than the members' logs: from the archive, or they
  /// once were in the store of each storage replica; whoever became one since began with them.
  long safe() {
    return Math.max(archived, safe);
  }
}
