package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.TransactionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How long this node has seen a transaction that is not finished.
class AgesTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final TransactionId ONE = new TransactionId(1, 1);
  private static final TransactionId OTHER = new TransactionId(1, 2);

  private final HandClock clock = new HandClock();
  private final Ages ages = new Ages(clock);

  @Test
  void aTransactionIsOldOnceItHasBeenSeenForSoLong() {
    ages.see(ONE);
    clock.pass(LIMIT.minusNanos(1));
    assertThat(ages.isOld(ONE, LIMIT)).isFalse();
    clock.pass(Duration.ofNanos(1));
    assertThat(ages.isOld(ONE, LIMIT)).isTrue();
  }

  @Test
  void seeingItAgainMakesItNoYounger() {
    ages.see(ONE);
    clock.pass(LIMIT);
    ages.see(ONE);
    ages.keep(List.of(ONE));
    assertThat(ages.isOld(ONE, LIMIT)).isTrue();
  }

  @Test
  void whatWasNeverSeenIsNotOld() {
    clock.pass(LIMIT);
    assertThat(ages.isOld(OTHER, LIMIT)).isFalse();
  }

  @Test
  void whatIsNotSeenAnyMoreBeginsAnew() {
    ages.see(ONE);
    clock.pass(LIMIT);
    ages.keep(List.of(OTHER));
    ages.keep(List.of(ONE));
    assertThat(ages.isOld(ONE, LIMIT)).isFalse();
    assertThat(ages.isOld(OTHER, LIMIT)).isFalse();
  }

  @Test
  void theWallClockDoesNotCount() {
    ages.see(ONE);
    clock.jump(Duration.ofDays(1));
    assertThat(ages.isOld(ONE, LIMIT)).isFalse();
  }
}
