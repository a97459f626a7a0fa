package dev.evenkeel.wal;

import java.util.Arrays;

/// Where the newest record of each slot of one group lies: two sorted arrays, since slots mostly
/// come in order, and 16 to 24 bytes a record must do. [Places] guards it.
///
/// A place is `segment number << 28 | position / 8`: later appends have higher places.
final class RecordPlaces {
  private static final int POSITION_BITS = 28;
  private static final int CAPACITY_MIN = 4;

  private long[] slots = new long[CAPACITY_MIN];
  private long[] places = new long[CAPACITY_MIN];

  /// Which part of the arrays is in use. `[from, to)`.
  private int from;

  private int to;

  static long place(long segment, int position) {
    return segment << POSITION_BITS | position / RecordFormat.ALIGNMENT;
  }

  static long segment(long place) {
    return place >>> POSITION_BITS;
  }

  static int position(long place) {
    return (int) (place & (1L << POSITION_BITS) - 1) * RecordFormat.ALIGNMENT;
  }

  boolean isEmpty() {
    return from == to;
  }

  int size() {
    return to - from;
  }

  /// How many records there is memory for.
  int capacity() {
    return slots.length;
  }

  /// The record of that slot now lies there.
  void put(long slot, long place) {
    if (to == slots.length) {
      resize();
    }
    int at = to > from && slots[to - 1] >= slot ? atOrAfter(slot) : to;
    if (at < to) {
      if (slots[at] == slot) {
        places[at] = place;
        return;
      }
      System.arraycopy(slots, at, slots, at + 1, to - at);
      System.arraycopy(places, at, places, at + 1, to - at);
    }
    slots[at] = slot;
    places[at] = place;
    to++;
  }

  /// Forgets all slots up to and with that one.
  void release(long slot) {
    from = slot == Long.MAX_VALUE ? to : atOrAfter(slot + 1);
    shrink();
  }

  /// Forgets what lies in segments before that one.
  void releaseBefore(long segment) {
    int kept = from;
    for (int i = from; i < to; i++) {
      if (segment(places[i]) >= segment) {
        slots[kept] = slots[i];
        places[kept] = places[i];
        kept++;
      }
    }
    to = kept;
    shrink();
  }

  /// The lowest slots of `[fromSlot, toSlot)` that lie, one after the other, in one segment.
  ///
  /// @param recordsMax as many at the most
  Run run(long fromSlot, long toSlot, int recordsMax) {
    int first = atOrAfter(fromSlot);
    int end = first;
    while (end < to
        && end - first < recordsMax
        && slots[end] < toSlot
        && segment(places[end]) == segment(places[first])) {
      end++;
    }
    return new Run(Arrays.copyOfRange(slots, first, end), Arrays.copyOfRange(places, first, end));
  }

  /// Slots, ascending, and where each lies.
  static final class Run {
    static final Run EMPTY = new Run(new long[0], new long[0]);

    private final long[] slots;
    private final long[] places;

    private Run(long[] slots, long[] places) {
      this.slots = slots;
      this.places = places;
    }

    int size() {
      return slots.length;
    }

    long slot(int i) {
      return slots[i];
    }

    long place(int i) {
      return places[i];
    }
  }

  private int atOrAfter(long slot) {
    int at = Arrays.binarySearch(slots, from, to, slot);
    return at < 0 ? -at - 1 : at;
  }

  private void shrink() {
    if (slots.length > CAPACITY_MIN && size() < slots.length / 4) {
      resize();
    }
  }

  /// Moves what is in use to the front of arrays that are half as long again.
  private void resize() {
    int size = size();
    int capacity = Math.max(CAPACITY_MIN, size + size / 2);
    // What lies behind the end may come along; nobody looks at it.
    slots = Arrays.copyOfRange(slots, from, from + capacity);
    places = Arrays.copyOfRange(places, from, from + capacity);
    from = 0;
    to = size;
  }
}
