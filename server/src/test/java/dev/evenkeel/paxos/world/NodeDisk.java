package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.AcceptorRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A node's log, shared by its groups, and their stores. One sync at a time covers what was
/// appended before it began; a crash loses what no sync has covered, but for a prefix of chance.
final class NodeDisk {
  /// What one group has on this disk.
  static final class Group {
    LogImage durable;

    /// With what is appended and not synced.
    LogImage written;

    final Store store;

    /// Whether a replica without a store is to get one.
    boolean wantsStore;

    Group(LogImage image, Store store) {
      this.durable = image;
      this.written = image.copy();
      this.store = store;
    }
  }

  private record Unsynced(long group, AcceptorRecord record) {}

  /// Is told of each record of a group, in order, when it is on the disk.
  @FunctionalInterface
  interface Hardening {
    void hardened(long group, AcceptorRecord record);
  }

  final Map<Long, Group> groups = new TreeMap<>();
  private final Hardening hardening;
  private final Deque<Unsynced> unsynced = new ArrayDeque<>();
  private int covered;

  NodeDisk(Hardening hardening) {
    this.hardening = hardening;
  }

  /// A group that is on this disk.
  Group group(long number) {
    return Objects.requireNonNull(groups.get(number));
  }

  void append(long group, AcceptorRecord record) {
    unsynced.add(new Unsynced(group, record));
    group(group).written.apply(record);
  }

  /// A sync begins.
  ///
  /// @return whether there is anything for it to do, and none under way
  boolean begin() {
    if (covered > 0 || unsynced.isEmpty()) {
      return false;
    }
    covered = unsynced.size();
    return true;
  }

  /// The sync that began has ended.
  ///
  /// @return how many records of each group it has made durable
  Map<Long, Integer> end() {
    Map<Long, Integer> counts = new TreeMap<>();
    for (; covered > 0; covered--) {
      counts.merge(toDisk(unsynced.remove()), 1, Integer::sum);
    }
    return counts;
  }

  void crash(RandomGenerator random) {
    int kept = random.nextInt(unsynced.size() + 1);
    Iterator<Unsynced> each = unsynced.iterator();
    for (int i = 0; i < kept; i++) {
      toDisk(each.next());
    }
    unsynced.clear();
    covered = 0;
    for (Group group : groups.values()) {
      group.written = group.durable.copy();
      group.store.crash();
    }
  }

  private long toDisk(Unsynced next) {
    group(next.group).durable.apply(next.record);
    hardening.hardened(next.group, next.record);
    return next.group;
  }
}
