package dev.evenkeel.simulation.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/// The members of a group from one slot on.
///
/// @param storage nodes with a storage replica
/// @param logs nodes with a log replica
public record AbstractConfiguration(Set<Long> storage, Set<Long> logs) {
  public AbstractConfiguration {
    storage = Set.copyOf(storage);
    logs = Set.copyOf(logs);
    if (storage.stream().anyMatch(logs::contains)) {
      throw new IllegalArgumentException("a member twice: " + storage + " " + logs);
    }
  }

  Set<Long> members() {
    Set<Long> members = new HashSet<>(storage);
    members.addAll(logs);
    return members;
  }

  boolean contains(long node) {
    return storage.contains(node) || logs.contains(node);
  }

  /// Whether the members that pass are a majority; nobody else counts.
  boolean isQuorum(LongPredicate has) {
    Set<Long> members = members();
    return 2 * members.stream().filter(has::test).count() > members.size();
  }

  /// Every smallest set of members that is a quorum.
  List<Set<Long>> quorums() {
    List<Long> members = List.copyOf(members());
    int size = members.size() / 2 + 1;
    List<Set<Long>> quorums = new ArrayList<>();
    for (int bits = 0; bits < 1 << members.size(); bits++) {
      if (Integer.bitCount(bits) == size) {
        Set<Long> quorum = new HashSet<>();
        for (int i = 0; i < members.size(); i++) {
          if ((bits >> i & 1) == 1) {
            quorum.add(members.get(i));
          }
        }
        quorums.add(quorum);
      }
    }
    return quorums;
  }

  /// Whether one entry may lead from this configuration to the next: one member comes, goes, is
  /// replaced, or becomes the other kind.
  boolean isOneApart(AbstractConfiguration next) {
    Set<Long> gone = members();
    gone.removeAll(next.members());
    Set<Long> come = next.members();
    come.removeAll(members());
    long changed =
        members().stream()
            .filter(next::contains)
            .filter(node -> storage.contains(node) != next.storage.contains(node))
            .count();
    boolean swapped = gone.size() <= 1 && come.size() <= 1 && changed == 0;
    boolean converted = gone.isEmpty() && come.isEmpty() && changed == 1;
    return !equals(next) && (swapped || converted);
  }

  @Override
  public String toString() {
    return "storage " + storage + " log " + logs;
  }
}
