package dev.evenkeel.paxos;

import java.util.ArrayList;
import java.util.List;

/// What this acceptor has accepted: the newest entries in memory, the older ones on disk only.
///
/// ```
///   truncated      first                 last
///       |  on disk   |   in memory         |
///                         chosen
/// ```
///
/// Invariants: slots in memory have no gaps; what is not in memory is chosen.
final class AcceptedLog {
  /// Slots up to this are chosen and may be gone from the disk too.
  private long truncated;

  /// Slot of `entries[head]`; one past `last` when nothing is in memory.
  private long first;

  private final List<Entry> entries = new ArrayList<>(0);
  private int head;
  private int bytes;

  /// Every slot up to this is known as chosen.
  private long chosen;

  /// Sizes of the entries above `chosen`.
  private long openBytes;

  /// @param truncated the log on disk begins behind this slot
  /// @param chosen what is chosen up to here need not be in memory
  AcceptedLog(long truncated, long chosen) {
    this.truncated = truncated;
    this.first = chosen + 1;
    this.chosen = chosen;
  }

  long truncated() {
    return truncated;
  }

  long first() {
    return first;
  }

  long last() {
    return first + size() - 1;
  }

  /// The entry of a slot in memory.
  Entry get(long slot) {
    return entries.get(head + Math.toIntExact(slot - first));
  }

  /// Accepts an entry: the slot after the last, or one in memory, whose old entry it replaces.
  void put(Entry entry) {
    int at = Math.toIntExact(entry.slot() - first);
    if (at < 0 || at > size()) {
      throw new AssertionError("slot " + entry.slot() + " does not fit " + first + ".." + last());
    }
    int more = entry.value().size();
    if (at == size()) {
      entries.add(entry);
    } else {
      Entry before = entries.set(head + at, entry);
      more -= before.value().size();
    }
    bytes += more;
    if (entry.slot() > chosen) {
      openBytes += more;
    }
  }

  /// What is up to that slot is chosen; entries above it stay open.
  void chosen(long slot) {
    for (long at = chosen + 1; at <= Math.min(slot, last()); at++) {
      openBytes -= get(at).value().size();
    }
    chosen = Math.max(chosen, slot);
  }

  /// Sizes of the entries that are not known as chosen, whoever proposed them.
  long openBytes() {
    return openBytes;
  }

  /// Entries from that slot on, which is in memory or one past the last; ends at `upTo`, at the
  /// log's end, or with the one that reaches `bytesMax`.
  List<Entry> from(long slot, long upTo, int bytesMax) {
    List<Entry> part = new ArrayList<>();
    int size = 0;
    for (long at = slot; at <= Math.min(upTo, last()) && size < bytesMax; at++) {
      Entry entry = get(at);
      part.add(entry);
      size += entry.value().size();
    }
    return part;
  }

  /// Forgets in memory what is up to `slot`, but keeps the newest `bytesMax`.
  void evict(long slot, int bytesMax) {
    while (first <= slot && size() > 0 && bytes > bytesMax) {
      bytes -= entries.get(head).value().size();
      entries.set(head, VOID);
      head++;
      first++;
    }
    if (size() == 0) {
      entries.clear();
      if (entries instanceof ArrayList<Entry> list) {
        list.trimToSize();
      }
      head = 0;
    } else if (head > entries.size() / 2) {
      entries.subList(0, head).clear();
      head = 0;
    }
  }

  /// The disk may forget what is up to `slot`, all of it chosen.
  void truncate(long slot) {
    truncated = Math.max(truncated, slot);
    evict(slot, 0);
  }

  /// Begins anew behind that slot; what was accepted above it stays.
  void base(long slot) {
    chosen(slot);
    truncate(slot);
    first = Math.max(first, slot + 1);
  }

  private int size() {
    return entries.size() - head;
  }

  private static final Entry VOID = new Entry(0, Ballot.NONE, new Value.Noop());
}
