package dev.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.rpc.Refusal;
import dev.evenkeel.rpc.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a node that others refuse must stop.
class UnwantedTest {
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final Duration A_MOMENT = Duration.ofMillis(1);

  private final List<Long> connected = new ArrayList<>();
  private final List<String> stops = new ArrayList<>();
  private long nanos = 5_000_000_000L;
  private final Unwanted unwanted =
      new Unwanted(
          new Clock() {
            @Override
            public long monotonicNanos() {
              return nanos;
            }

            @Override
            public long wallMicros() {
              return 0;
            }
          },
          () -> connected,
          stops::add);

  private void refuse(Reason reason, boolean byPeer) {
    unwanted.refused(new Refusal(reason, byPeer, "because of " + reason));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void anOldCopyStopsAtOnce() {
    connected.add(2L);
    refuse(Reason.OLDER_LIFE, true);
    assertThat(stops).containsExactly("because of OLDER_LIFE");
  }

  @Test
  void whoRefusesAnOldCopyGoesOn() {
    connected.add(2L);
    refuse(Reason.OLDER_LIFE, false);
    assertThat(stops).isEmpty();
  }

  @Test
  void whomOthersTalkToGoesOn() {
    connected.add(2L);
    for (int i = 0; i < 10; i++) {
      refuse(Reason.CLONED, true);
      pass(SOON);
    }
    assertThat(stops).isEmpty();
  }

  @Test
  void whomNobodyTalksToStopsWithTheReason() {
    refuse(Reason.CLONED, true);
    pass(SOON);
    refuse(Reason.CLONED, true);
    assertThat(stops).as("a refusal may pass").isEmpty();
    pass(A_MOMENT);
    refuse(Reason.NUMBER_TAKEN, true);
    assertThat(stops).containsExactly("because of NUMBER_TAKEN");
  }

  @Test
  void patienceBeginsAnewWhenSomebodyTalked() {
    refuse(Reason.CLONED, true);
    pass(SOON);
    connected.add(2L);
    refuse(Reason.CLONED, true);
    connected.clear();
    pass(SOON);
    refuse(Reason.CLONED, true);
    pass(SOON);
    refuse(Reason.CLONED, true);
    assertThat(stops).isEmpty();
    pass(A_MOMENT);
    refuse(Reason.CLONED, true);
    assertThat(stops).hasSize(1);
  }

  /// It was refused at its start for a moment, then the machine slept, or all was well for a day.
  @Test
  void refusalsThatAreFarApartDoNotAddUp() {
    refuse(Reason.CLONED, true);
    pass(Duration.ofHours(1));
    refuse(Reason.CLONED, true);
    assertThat(stops).isEmpty();
  }
}
