package dev.evenkeel.transaction;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.replica.TransactionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/// Since when this node has seen transactions that are not finished: wall clocks, by which others
/// say when they began, may be wrong by any time. One thread.
final class Ages {
  private final Clock clock;

  /// Monotonic.
  private final Map<TransactionId, Long> sinceNanos = new HashMap<>();

  Ages(Clock clock) {
    this.clock = clock;
  }

  void see(TransactionId id) {
    sinceNanos.putIfAbsent(id, clock.monotonicNanos());
  }

  /// Those are seen now, and no others.
  void keep(Collection<TransactionId> all) {
    sinceNanos.keySet().retainAll(new HashSet<>(all));
    all.forEach(this::see);
  }

  boolean isOld(TransactionId id, Duration age) {
    Long since = sinceNanos.get(id);
    return since != null && clock.monotonicNanos() - since >= age.toNanos();
  }
}
