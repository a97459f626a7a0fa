package dev.evenkeel.replica;

import java.util.ArrayList;
import java.util.List;

/// An entry that was appended to the log and is not applied yet.
final class Proposal {
  final long slot;
  final Entry entry;

  /// Run when the entry is applied: its own answer, then those that depend on it.
  private final List<Runnable> applied = new ArrayList<>(1);

  /// Run when nobody knows whether the entry will be applied.
  private final List<Runnable> lost = new ArrayList<>(1);

  Proposal(long slot, Entry entry) {
    this.slot = slot;
    this.entry = entry;
  }

  void then(Runnable whenApplied, Runnable whenLost) {
    applied.add(whenApplied);
    lost.add(whenLost);
  }

  void applied() {
    applied.forEach(Runnable::run);
  }

  void lost() {
    lost.forEach(Runnable::run);
  }
}
