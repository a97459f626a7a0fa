package dev.evenkeel.paxos;

import static dev.evenkeel.paxos.Subject.B;
import static dev.evenkeel.paxos.Subject.C;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Ballot OF_B = new Ballot(5, B);

  /// Follows B, whose support has lapsed here: nothing of it has come for a lease.
  private static Subject abandoned() {
    Subject subject = new Subject(Subject.recovered(OF_B, 0), false);
    subject.pass(Duration.ofSeconds(5));
    subject.tick();
    return subject;
  }

  /// Time passes; whenever the follower asks, C answers.
  private static void pass(Subject subject, Duration time, boolean isHeard) {
    long end = subject.now + time.toNanos();
    while (subject.now < end) {
      subject.pass(Duration.ofMillis(20));
      subject.tick();
      for (Message.Hears hears : subject.take(C, Message.Hears.class)) {
        subject.receive(C, new Message.Heard(hears.ballot(), isHeard));
      }
    }
  }

  @Test
  void asksTheOthersBeforeItCampaigns() {
    Subject subject = abandoned();
    pass(subject, Duration.ofSeconds(2), false);
    assertThat(subject.ballot()).isEqualTo(new Ballot(6, Subject.ME));
  }

  @Test
  void theTurnOfTheLostLeaderIsNotWaitedFor() {
    // In group 2 the turns are C, this member, B; without B it is this member's.
    Subject subject = new Subject(2, Subject.recovered(OF_B, 0), false);
    subject.pass(Duration.ofSeconds(5));
    subject.tick();
    Duration first = Options.DEFAULT.stagger().plus(Options.DEFAULT.retransmit().dividedBy(2));
    pass(subject, first.plusMillis(40), false);
    assertThat(subject.ballot()).isEqualTo(new Ballot(6, Subject.ME));
  }

  /// A candidate that comes in the middle of another's candidacy takes it away.
  @Test
  void membersTakeTurnsInAskingSoThatTheyDoNotDuel() {
    assertThat(nanosUntilItAsks(0)).isLessThan(nanosOfATurn());
    // Without B there are two turns, and in group 1 the first is C's.
    assertThat(nanosUntilItAsks(1)).isGreaterThanOrEqualTo(3 * nanosOfATurn());
  }

  private static long nanosOfATurn() {
    return Options.DEFAULT.stagger().toNanos();
  }

  private static long nanosUntilItAsks(long group) {
    Subject subject = new Subject(group, Subject.recovered(OF_B, 0), false);
    subject.pass(Duration.ofSeconds(5));
    subject.tick();
    long lost = subject.now;
    while (subject.take(C, Message.Hears.class).isEmpty()) {
      assertThat(subject.now - lost).as("it asks nobody").isLessThan(LONG.toNanos());
      subject.pass(Duration.ofMillis(1));
      subject.tick();
    }
    return subject.now - lost;
  }

  @Test
  void doesNotCampaignWhileSomebodyHearsTheLeaderAndItCannotWin() {
    Subject subject = abandoned();
    pass(subject, Options.DEFAULT.grayPatience().multipliedBy(3), true);
    assertThat(subject.ballot()).as("C alone makes no quorum without it").isEqualTo(OF_B);
    assertThat(subject.events).contains("paxos.candidacy-cancelled-by-hearsay");
  }

  @Test
  void campaignsAtLastWhereTheOthersCouldElectIt() {
    Configuration five = Subject.configuration(0, Subject.ME, B, C, Subject.D, 5);
    Recovered state = new Recovered(OF_B, 0, 0, five, 0, java.util.List.of(), 0, false);
    Subject subject = new Subject(state, false);
    subject.pass(Duration.ofSeconds(5));
    subject.tick();
    pass(subject, Options.DEFAULT.grayPatience().dividedBy(2), true);
    assertThat(subject.ballot()).isEqualTo(OF_B);
    pass(subject, Options.DEFAULT.grayPatience(), true);
    assertThat(subject.ballot()).isEqualTo(new Ballot(6, Subject.ME));
  }

  @Test
  void hearsayOfAnotherBallotDoesNotCount() {
    Subject subject = abandoned();
    for (int i = 0; i < 100; i++) {
      subject.pass(Duration.ofMillis(20));
      subject.tick();
      subject.receive(C, new Message.Heard(new Ballot(4, C), true));
    }
    assertThat(subject.ballot()).isEqualTo(new Ballot(6, Subject.ME));
  }

  @Test
  void isQuietWhileItsSupportForTheLeaderStands() {
    Subject subject = new Subject(Subject.recovered(OF_B, 0), false);
    subject.supports(B);
    subject.receive(B, new Message.Accept(OF_B, 1, java.util.List.of(), 0, 0, true));
    assertThat(subject.participant.isBusy(subject.now)).isFalse();
    subject.pass(Options.DEFAULT.lease().plusMillis(1));
    assertThat(subject.participant.isBusy(subject.now)).isTrue();
  }

  @Test
  void ownerOfABallotThatItGaveUpSaysSo() {
    Subject subject = Subject.leader();
    Ballot ballot = subject.ballot();
    subject.isSupportedBy(B, 1);
    subject.receive(C, new Message.Hears(ballot));
    assertThat(subject.take(C, Message.Heard.class))
        .containsExactly(new Message.Heard(ballot, true));
    subject.participant.resign(subject.now);
    subject.take(C, Message.Resign.class);
    subject.receive(C, new Message.Hears(ballot));
    assertThat(subject.take(C, Message.Resign.class))
        .containsExactly(new Message.Resign(ballot, 0));
  }

  @Test
  void aBoundFollowerWithoutALeaderAsksTheOwnerOfItsBallot() {
    Subject subject = new Subject(Subject.recovered(new Ballot(1, Subject.ME), 0), false);
    subject.supports(B);
    subject.receive(B, new Message.Prepare(OF_B, 1, null));
    subject.sync();
    pass(subject, Duration.ofMillis(1_500), false);
    assertThat(subject.take(B, Message.Hears.class)).isNotEmpty();
    subject.receive(B, new Message.Resign(OF_B, 0));
    pass(subject, Duration.ofMillis(400), false);
    assertThat(subject.ballot()).isEqualTo(new Ballot(6, Subject.ME));
  }
}
