package dev.evenkeel.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SupportTest {
  private static final long A = 1;
  private static final long B = 2;
  private static final long LEASE = Options.DEFAULT.lease().toNanos();
  private static final long START = -1_000;

  private final Support support = new Support(Options.DEFAULT, 3, false, START);

  private static Support.Heartbeat heartbeat(long life) {
    return new Support.Heartbeat(77, life);
  }

  @Test
  void renewedSupportKeepsItsEpoch() {
    long epoch = support.heard(A, heartbeat(1), START).epoch();
    assertThat(support.heard(A, heartbeat(1), START + LEASE).epoch()).isEqualTo(epoch);
    assertThat(support.stands(A, epoch, START + 2 * LEASE)).isTrue();
    assertThat(support.stands(A, epoch, START + 2 * LEASE + 1)).isFalse();
  }

  @Test
  void lapsedSupportIsNeverRevived() {
    long epoch = support.heard(A, heartbeat(1), START).epoch();
    Support.Supported next = support.heard(A, heartbeat(1), START + LEASE + 1);
    assertThat(next.epoch()).isGreaterThan(epoch);
    assertThat(support.stands(A, epoch, START + LEASE + 1)).isFalse();
    assertThat(support.stands(A, next.epoch(), START + LEASE + 1)).isTrue();
  }

  @Test
  void lapseIsSeenOnceThoughAnotherEpochHasBegun() {
    support.heard(A, heartbeat(1), START);
    assertThat(support.lapsed(START)).isEmpty();
    support.heard(A, heartbeat(1), START + LEASE + 1);
    assertThat(support.lapsed(START + LEASE + 1)).containsExactly(A);
    assertThat(support.lapsed(START + LEASE + 1)).isEmpty();
  }

  @Test
  void theNextLapseIsWhereTheFirstSupportEnds() {
    assertThat(support.untilLapse(START)).as("nobody was heard").isEqualTo(Long.MAX_VALUE);
    support.heard(A, heartbeat(1), START);
    support.heard(B, heartbeat(1), START + 10);
    assertThat(support.lapsed(START + 10)).isEmpty();
    assertThat(support.untilLapse(START + 10)).isEqualTo(LEASE - 10 + 1);
    assertThat(support.untilLapse(START + LEASE)).isEqualTo(1);
    assertThat(support.lapsed(START + LEASE)).isEmpty();
    assertThat(support.untilLapse(START + LEASE + 1)).isZero();
    assertThat(support.lapsed(START + LEASE + 1)).containsExactly(A);
    assertThat(support.untilLapse(START + LEASE + 1)).isEqualTo(10);
    support.heard(B, heartbeat(1), START + LEASE + 2);
    assertThat(support.untilLapse(START + LEASE + 2)).isEqualTo(LEASE + 1);
  }

  /// What ends before its time is there to be seen at once.
  @Test
  void supportThatIsWithdrawnOrOfADeadProcessHasLapsedNow() {
    support.heard(A, heartbeat(1), START);
    assertThat(support.lapsed(START)).isEmpty();
    support.heard(A, heartbeat(2), START + 1);
    assertThat(support.untilLapse(START + 1)).isZero();
    assertThat(support.lapsed(START + 1)).containsExactly(A);
    support.withdraw(A);
    assertThat(support.untilLapse(START + 1)).isZero();
    assertThat(support.lapsed(START + 1)).containsExactly(A);
    assertThat(support.untilLapse(START + 1)).isEqualTo(Long.MAX_VALUE);
  }

  /// A process that is stopped sees neither the beginning nor the end of an epoch.
  @Test
  void lapseIsSeenThoughItsEpochBeganAfterTheLastLook() {
    assertThat(support.lapsed(START)).isEmpty();
    support.heard(A, heartbeat(1), START);
    assertThat(support.lapsed(START + LEASE + 1)).containsExactly(A);
    assertThat(support.lapsed(START + LEASE + 1)).isEmpty();
  }

  @Test
  void anotherLifeOfTheOtherBeginsAnotherEpoch() {
    long epoch = support.heard(A, heartbeat(1), START).epoch();
    assertThat(support.heard(A, heartbeat(2), START).epoch()).isGreaterThan(epoch);
    assertThat(support.stands(A, epoch, START)).isFalse();
  }

  @Test
  void stragglerOfAnOlderLifeGetsNothing() {
    long epoch = support.heard(A, heartbeat(2), START).epoch();
    assertThat(support.heard(A, heartbeat(1), START).epoch()).isNegative();
    assertThat(support.stands(A, epoch, START)).isTrue();
  }

  @Test
  void epochsOfALaterLifeAreHigher() {
    long epoch = 0;
    for (int i = 0; i < 5; i++) {
      epoch = support.heard(A, heartbeat(1), START + i * (LEASE + 1)).epoch();
    }
    Support next = new Support(Options.DEFAULT, 4, true, START);
    assertThat(next.epochFor(A)).isGreaterThan(epoch);
    assertThat(next.heard(A, heartbeat(1), START).epoch()).isGreaterThan(epoch);
  }

  @Test
  void withdrawnSupportStandsNoMore() {
    long epoch = support.heard(A, heartbeat(1), START).epoch();
    support.withdraw(A);
    assertThat(support.stands(A, epoch, START)).isFalse();
    assertThat(support.heard(A, heartbeat(1), START).epoch()).isGreaterThan(epoch);
  }

  @Test
  void heldSupportCountsFromWhenItWasAskedFor() {
    long sent = support.heartbeat(START + 10).sent();
    support.heartbeat(START + LEASE);
    support.received(A, new Support.Supported(sent, 5), sent);
    assertThat(support.isHeld(A, sent + Options.DEFAULT.heldNanos() - 1)).isTrue();
    assertThat(support.isHeld(A, sent + Options.DEFAULT.heldNanos())).isFalse();
  }

  @Test
  void answersThatComeOutOfOrderTakeNothingBack() {
    support.heartbeat(START + 100);
    assertThat(support.received(A, new Support.Supported(START + 100, 5), START + 100)).isTrue();
    assertThat(support.received(A, new Support.Supported(START + 50, 5), START + 100)).isFalse();
    assertThat(support.received(A, new Support.Supported(START + 100, 4), START + 100)).isFalse();
    assertThat(support.isHeld(A, START + 100 + Options.DEFAULT.heldNanos() - 1)).isTrue();
  }

  /// Answers take longer than a lease for a while; the other hears every heartbeat, so its epoch
  /// stays. Leaders here have fallen silent towards it.
  @Test
  void supportThatWasMissedForAWhileIsNewsWhenItIsBack() {
    long sent = support.heartbeat(START + 10).sent();
    assertThat(support.received(A, new Support.Supported(sent, 5), sent)).isTrue();
    long again = support.heartbeat(sent + LEASE / 2).sent();
    assertThat(support.received(A, new Support.Supported(again, 5), again)).isFalse();
    long late = again + Options.DEFAULT.heldNanos();
    long next = support.heartbeat(late - 1).sent();
    assertThat(support.received(A, new Support.Supported(next, 5), late)).isTrue();
    assertThat(support.received(A, new Support.Supported(next, 5), late)).isFalse();
  }

  @Test
  void answersToAFormerLifeCountForNothing() {
    support.heartbeat(START + 100);
    assertThat(support.received(A, new Support.Supported(START - 1, 5), START + 100)).isFalse();
    assertThat(support.received(A, new Support.Supported(START + 101, 5), START + 100)).isFalse();
    assertThat(support.isHeld(A, START + 100)).isFalse();
  }

  /// Whatever the two clocks do within the bound, the holder stops counting before the giver does.
  @Test
  void theHolderStopsCountingBeforeTheGiver() {
    double fast = 1 + Options.DRIFT_PERCENT / 100.0;
    double slow = 1 - Options.DRIFT_PERCENT / 100.0;
    double heldForReal = Options.DEFAULT.heldNanos() / slow;
    double givenForReal = LEASE / fast;
    assertThat(heldForReal).isLessThanOrEqualTo(givenForReal);
    assertThat(heldForReal).isGreaterThan(givenForReal * 0.99);
  }

  /// Support that was given on a slow clock is waited out on a fast one.
  @Test
  void theWaitAfterARestartOutlastsWhatWasGiven() {
    double fast = 1 + Options.DRIFT_PERCENT / 100.0;
    double slow = 1 - Options.DRIFT_PERCENT / 100.0;
    assertThat(Options.DEFAULT.restartWaitNanos() / fast).isGreaterThanOrEqualTo(LEASE / slow);
    Support restarted = new Support(Options.DEFAULT, 4, true, START);
    long waits = Options.DEFAULT.restartWaitNanos();
    assertThat(restarted.mayPromise(START + waits - 1)).isFalse();
    assertThat(restarted.mayPromise(START + waits)).isTrue();
    assertThat(support.mayPromise(START)).as("has given nothing before").isTrue();
    assertThat(Duration.ofNanos(waits)).isLessThan(Options.DEFAULT.lease().multipliedBy(2));
  }
}
