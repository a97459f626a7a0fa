package dev.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void openLoopIsDueAtFixedTimesWhateverTheTimeIs() {
    Schedule schedule = Schedule.open(1_000_000, 1_000, 0, 1);
    for (int operation = 0; operation < 5; operation++) {
      assertThat(schedule.due(999_999_999)).isEqualTo(1_000_000 + operation * 1_000_000L);
      schedule.advance();
    }
  }

  @Test
  void driversShareTheRateInTurn() {
    Schedule first = Schedule.open(0, 1_000, 0, 2);
    Schedule second = Schedule.open(0, 1_000, 1, 2);
    assertThat(first.due(0)).isZero();
    assertThat(second.due(0)).isEqualTo(1_000_000);
    first.advance();
    second.advance();
    assertThat(first.due(0)).isEqualTo(2_000_000);
    assertThat(second.due(0)).isEqualTo(3_000_000);
  }

  @Test
  void roundingDoesNotAddUp() {
    Schedule schedule = Schedule.open(0, 30_000, 0, 1);
    for (int operation = 0; operation < 300_000; operation++) {
      schedule.advance();
    }
    assertThat(schedule.due(0)).isEqualTo(10_000_000_000L);
  }

  @Test
  void closedLoopIsDueNow() {
    Schedule schedule = Schedule.closed();
    schedule.advance();
    assertThat(schedule.due(42)).isEqualTo(42);
    assertThat(schedule.behind(1_000)).isZero();
  }

  @Test
  void countsWhatWasDueAndNeverStarted() {
    Schedule schedule = Schedule.open(0, 1_000, 0, 1);
    schedule.advance();
    schedule.advance();
    assertThat(schedule.behind(10_000_000)).isEqualTo(8);
    assertThat(schedule.behind(1_000_000)).isZero();
  }
}
