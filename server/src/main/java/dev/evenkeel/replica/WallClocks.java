package dev.evenkeel.replica;

import dev.evenkeel.environment.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What the wall clocks of other nodes show beside this node's: heartbeats carry them. Nothing that
/// is lost for good may be judged by a clock that is far ahead of the others'. Any thread.
public final class WallClocks {
  /// By how much this node's clock may be ahead and still be believed.
  public static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  /// A node that was not heard for longer does not count.
  private static final Duration HEARD_WITHIN = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<Long, Heard> others = new ConcurrentHashMap<>();

  /// What another node's wall clock showed.
  ///
  /// @param atNanos on this node's monotonic clock
  private record Heard(long wallMicros, long atNanos) {}

  WallClocks(Clock clock) {
    this.clock = clock;
  }

  /// @param wallMicros what the other's clock showed a moment ago; 0 where it does not say
  void heard(long node, long wallMicros) {
    if (wallMicros != 0) {
      others.put(node, new Heard(wallMicros, clock.monotonicNanos()));
    }
  }

  /// By how much this node's wall clock is ahead of the middle one of all, its own among them;
  /// negative where it is behind. Of two in the middle, the one counts that is further behind: in
  /// doubt nothing is lost.
  public Duration ahead() {
    long now = clock.monotonicNanos();
    long wall = clock.wallMicros();
    List<Long> ahead = new ArrayList<>(List.of(0L));
    for (Heard other : others.values()) {
      long since = now - other.atNanos;
      if (since <= HEARD_WITHIN.toNanos()) {
        ahead.add(wall - other.wallMicros - TimeUnit.NANOSECONDS.toMicros(since));
      }
    }
    ahead.sort(null);
    return Duration.of(ahead.get(ahead.size() / 2), ChronoUnit.MICROS);
  }

  /// Whether this node's wall clock is so far ahead that it is not believed.
  public boolean isAhead() {
    return ahead().compareTo(AHEAD_MAX) > 0;
  }
}
