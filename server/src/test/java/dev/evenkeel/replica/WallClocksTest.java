package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.environment.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Whose clock is believed.
class WallClocksTest {
  private static final Duration DAY = Duration.ofDays(1);

  private long nanos = -5;
  private long micros = 1_700_000_000_000_000L;

  private final Clock clock =
      new Clock() {
        @Override
        public long monotonicNanos() {
          return nanos;
        }

        @Override
        public long wallMicros() {
          return micros;
        }
      };

  private final WallClocks clocks = new WallClocks(clock);

  private void pass(Duration time) {
    nanos += time.toNanos();
    micros += time.toNanos() / 1_000;
  }

  /// Another node whose clock is ahead of this one's.
  private void hear(long node, Duration ahead) {
    clocks.heard(node, micros + ahead.toNanos() / 1_000);
  }

  @Test
  void aNodeAloneBelievesItsClock() {
    assertThat(clocks.ahead()).isZero();
    assertThat(clocks.isAhead()).isFalse();
  }

  @Test
  void aClockThatJumpsAheadOfTheOthersIsNotBelieved() {
    hear(2, Duration.ofMillis(3));
    hear(3, Duration.ofMillis(-3));
    assertThat(clocks.isAhead()).isFalse();
    micros += DAY.toNanos() / 1_000;
    assertThat(clocks.isAhead()).isTrue();
    pass(Duration.ofSeconds(30));
    assertThat(clocks.ahead()).isBetween(DAY.minusMillis(5), DAY.plusMillis(5));
  }

  @Test
  void theBoundIsFiveMinutes() {
    hear(2, WallClocks.AHEAD_MAX.negated());
    hear(3, WallClocks.AHEAD_MAX.negated());
    assertThat(clocks.isAhead()).isFalse();
    hear(2, WallClocks.AHEAD_MAX.negated().minusMillis(1));
    hear(3, WallClocks.AHEAD_MAX.negated().minusMillis(1));
    assertThat(clocks.isAhead()).isTrue();
  }

  @Test
  void aClockThatIsBehindIsBelieved() {
    hear(2, DAY);
    hear(3, DAY);
    assertThat(clocks.isAhead()).isFalse();
    assertThat(clocks.ahead()).isEqualTo(DAY.negated());
  }

  @Test
  void oneOtherThatIsBehindProvesNothingAgainstTwo() {
    hear(2, DAY.negated());
    hear(3, Duration.ZERO);
    assertThat(clocks.isAhead()).isFalse();
  }

  @Test
  void oneAgainstOneIsInDoubt() {
    hear(2, DAY.negated());
    assertThat(clocks.isAhead()).isTrue();
    hear(2, DAY);
    assertThat(clocks.isAhead()).isFalse();
  }

  @Test
  void whoIsSilentForAMinuteDoesNotCount() {
    hear(2, DAY.negated());
    pass(Duration.ofMinutes(1));
    assertThat(clocks.isAhead()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(clocks.isAhead()).isFalse();
  }

  @Test
  void whoDoesNotSayDoesNotCount() {
    clocks.heard(2, 0);
    assertThat(clocks.isAhead()).isFalse();
  }
}
