package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a node may say that something was long ago.
class SteadyTimeTest {
  private static final Duration AGE = Duration.ofMinutes(10);

  private final HandClock clock = new HandClock();
  private final SteadyTime time = new SteadyTime(clock);

  @Test
  void aNodeThatHasJustStartedKnowsNothing() {
    clock.pass(AGE.minusNanos(1));
    assertThat(time.longAgoMillis(AGE)).isZero();
  }

  @Test
  void aClockThatWasSteadyForSoLongTellsWhatWasBefore() {
    clock.pass(AGE);
    assertThat(time.longAgoMillis(AGE)).isEqualTo(clock.wallMillis() - AGE.toMillis());
  }

  @Test
  void aWallClockThatHasJumpedTellsNothingUntilItWasSteadyAgain() {
    for (Duration jump : new Duration[] {Duration.ofMinutes(1), Duration.ofMinutes(-1)}) {
      clock.pass(AGE);
      clock.jump(jump);
      assertThat(time.longAgoMillis(AGE)).isZero();
      clock.pass(AGE.minusNanos(1));
      assertThat(time.longAgoMillis(AGE)).isZero();
      clock.pass(Duration.ofNanos(1));
      assertThat(time.longAgoMillis(AGE)).isEqualTo(clock.wallMillis() - AGE.toMillis());
    }
  }

  @Test
  void aLittleDriftIsNoJump() {
    clock.pass(AGE);
    clock.jump(Duration.ofSeconds(29));
    assertThat(time.longAgoMillis(AGE)).isEqualTo(clock.wallMillis() - AGE.toMillis());
  }
}
