package dev.evenkeel.paxos.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/// Virtual time: what is to happen, in order. Two events of one moment happen in the order in which
/// they were planned. Everything that happens goes into a hash, so that two runs can be compared.
final class Timeline {
  /// Nobody needs so many to get through a story.
  private static final long STEPS_MAX = 1_500_000;

  private record Event(long at, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long now;
  private long planned;
  private long steps;
  private long hash = 0x9E3779B97F4A7C15L;

  /// Real time, which no clock of a node shows.
  long now() {
    return now;
  }

  long steps() {
    return steps;
  }

  long hash() {
    return hash;
  }

  void after(long nanos, Runnable action) {
    events.add(new Event(now + nanos, planned++, action));
  }

  /// Something of what happens, for the hash.
  void note(long what) {
    hash = (hash ^ what) * 0xFF51AFD7ED558CCDL;
    hash ^= hash >>> 32;
  }

  /// Lets everything happen that is due before that time.
  void runUntil(long end) {
    for (Event next = events.peek(); next != null && next.at < end; next = events.peek()) {
      events.remove();
      now = next.at;
      steps++;
      note(now);
      next.action.run();
      if (steps > STEPS_MAX) {
        throw new AssertionError("a storm of messages: " + steps + " steps");
      }
    }
    now = end;
  }
}
