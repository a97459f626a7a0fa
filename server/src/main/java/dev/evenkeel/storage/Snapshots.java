package dev.evenkeel.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/// The sequences at which cursors of a [MemoryItemStore] are open, and the keys of which they keep
/// old versions alive. Guarded by the store's lock.
final class Snapshots {
  private final NavigableMap<Long, Snapshot> open = new TreeMap<>();

  void open(long sequence) {
    open.computeIfAbsent(sequence, s -> new Snapshot()).cursors++;
  }

  /// Ends one cursor; returns the keys to look at again, now that it holds nothing any more.
  List<byte[]> close(long sequence) {
    Snapshot snapshot = open.get(sequence);
    if (snapshot == null || --snapshot.cursors > 0) {
      return List.of();
    }
    open.remove(sequence);
    return snapshot.pinned;
  }

  /// Has the key looked at again when the newest snapshot older than its newest version ends.
  void pin(byte[] key, long newestVersion) {
    Map.Entry<Long, Snapshot> reader = open.lowerEntry(newestVersion);
    if (reader != null) {
      reader.getValue().pinned.add(key);
    }
  }

  /// Drops all snapshots; returns the keys to look at again.
  List<byte[]> closeAll() {
    List<byte[]> pinned = new ArrayList<>();
    open.values().forEach(snapshot -> pinned.addAll(snapshot.pinned));
    open.clear();
    return pinned;
  }

  int count() {
    return open.values().stream().mapToInt(snapshot -> snapshot.cursors).sum();
  }

  NavigableSet<Long> sequences() {
    return open.navigableKeySet();
  }

  private static final class Snapshot {
    private final List<byte[]> pinned = new ArrayList<>();
    private int cursors;
  }
}
