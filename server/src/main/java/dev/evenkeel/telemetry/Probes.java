package dev.evenkeel.telemetry;

import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts named events: the rare paths that a campaign has to have taken before it may be believed.
///
/// An event's name is a constant of the code, `<package>.<what-happened>`, for example
/// `wal.torn-tail-truncated`.
public final class Probes {
  private final ConcurrentHashMap<String, LongAdder> events = new ConcurrentHashMap<>();

  public void hit(String event) {
    LongAdder count = events.get(event);
    if (count == null) {
      count = events.computeIfAbsent(event, name -> new LongAdder());
    }
    count.increment();
  }

  /// How often it occurred; 0 for an event never seen.
  public long count(String event) {
    LongAdder count = events.get(event);
    return count == null ? 0 : count.sum();
  }

  /// Every event seen so far with its count, in the order of the names.
  public SortedMap<String, Long> counts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    events.forEach((event, count) -> counts.put(event, count.sum()));
    return counts;
  }

  /// Those of `expected` that never occurred, in the order of the names.
  public SortedSet<String> missing(Collection<String> expected) {
    SortedSet<String> missing = new TreeSet<>(expected);
    missing.removeIf(event -> count(event) > 0);
    return missing;
  }
}
