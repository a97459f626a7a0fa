package dev.evenkeel.paxos;

import static dev.evenkeel.paxos.Subject.B;
import static dev.evenkeel.paxos.Subject.C;
import static dev.evenkeel.paxos.Subject.D;
import static dev.evenkeel.paxos.Subject.ME;
import static dev.evenkeel.paxos.Subject.THREE;
import static dev.evenkeel.paxos.Subject.command;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The laws of the protocol, one by one.
class LawsTest {
  private static final Ballot OF_B = new Ballot(5, B);
  private static final Ballot OF_C = new Ballot(6, C);
  private static final Duration LEASE = Options.DEFAULT.lease();

  private static Message.Accept accept(Ballot ballot, long first, Value... values) {
    return new Message.Accept(ballot, first, List.of(values), 0, 0, true);
  }

  private static Subject followerOfB() {
    Subject subject = new Subject(Subject.recovered(Ballot.NONE, 0), false);
    subject.sync();
    subject.supports(B);
    subject.receive(B, accept(OF_B, 1, command("a")));
    subject.sync();
    assertThat(subject.take(B, Message.Accepted.class)).isNotEmpty();
    return subject;
  }

  // R1

  @Test
  void supportForALeaderForbidsAnothersPrepare() {
    Subject subject = followerOfB();
    subject.receive(C, new Message.Prepare(OF_C, 1, null));
    assertThat(subject.take(C, Message.Reject.class))
        .containsExactly(new Message.Reject(OF_C, OF_B, true));
    subject.pass(LEASE.plusMillis(1));
    subject.receive(C, new Message.Prepare(OF_C, 1, null));
    subject.sync();
    assertThat(subject.take(C, Message.Promise.class)).hasSize(1);
  }

  @Test
  void supportForALeaderForbidsAnothersAccept() {
    Subject subject = followerOfB();
    subject.receive(C, accept(OF_C, 1, command("c")));
    assertThat(subject.take(C, Message.Reject.class)).hasSize(1);
    assertThat(subject.ballot()).isEqualTo(OF_B);
  }

  @Test
  void supportForALeaderForbidsACandidacyEvenIfTheLeaderNeverSpoke() {
    Subject subject = new Subject(Subject.recovered(new Ballot(1, ME), 0), false);
    subject.supports(B);
    subject.receive(B, new Message.Prepare(OF_B, 1, null));
    subject.sync();
    for (int i = 0; i < 15; i++) {
      subject.pass(Duration.ofMillis(100));
      subject.tick();
      assertThat(subject.ballot()).isEqualTo(OF_B);
    }
    subject.pass(LEASE);
    for (int i = 0; i < 20; i++) {
      subject.pass(Duration.ofMillis(100));
      subject.tick();
    }
    assertThat(subject.ballot().node()).isEqualTo(ME);
  }

  @Test
  void supportOfAFormerLifeIsWaitedOut() {
    Subject subject = new Subject(Subject.recovered(OF_B, 0), true);
    subject.receive(C, new Message.Prepare(OF_C, 1, null));
    assertThat(subject.take(C, Message.Reject.class)).hasSize(1);
    subject.pass(LEASE);
    subject.receive(C, new Message.Prepare(OF_C, 1, null));
    assertThat(subject.take(C, Message.Reject.class)).as("the clock may be fast now").hasSize(1);
    subject.pass(LEASE.dividedBy(8));
    subject.receive(C, new Message.Prepare(OF_C, 1, null));
    subject.sync();
    assertThat(subject.take(C, Message.Promise.class)).hasSize(1);
  }

  /// Removed and taken in again while its node lives: the leader may count it by the epoch of which
  /// the former replica told it.
  @Test
  void replicaThatComesAgainInOneLifeIsBoundAsBefore() {
    Subject again = followerOfB().again(Subject.recovered(OF_B, 0));
    again.receive(C, new Message.Prepare(OF_C, 1, null));
    assertThat(again.take(C, Message.Reject.class))
        .containsExactly(new Message.Reject(OF_C, OF_B, true));
    again.pass(LEASE.plusMillis(1));
    again.receive(C, new Message.Prepare(OF_C, 1, null));
    again.sync();
    assertThat(again.take(C, Message.Promise.class)).hasSize(1);
  }

  @Test
  void leaderPromisesNobodyInItsOwnLease() {
    Subject subject = Subject.leader();
    subject.isSupportedBy(B, 1);
    assertThat(subject.holdsLease()).isTrue();
    subject.receive(C, new Message.Prepare(OF_C, 2, null));
    assertThat(subject.take(C, Message.Reject.class)).hasSize(1);
    assertThat(subject.participant.leads()).isTrue();
    subject.pass(LEASE);
    subject.receive(C, new Message.Prepare(OF_C, 2, null));
    subject.sync();
    assertThat(subject.take(C, Message.Promise.class)).hasSize(1);
    assertThat(subject.participant.leads()).isFalse();
  }

  // R2

  @Test
  void leaderHasNoLeaseBeforeItsBarrierAboveAllReportedIsChosen() {
    Subject subject = Subject.candidate();
    Entry first = new Entry(1, new Ballot(0, C), command("x"));
    Entry second = new Entry(2, new Ballot(0, C), command("y"));
    subject.receive(B, subject.promise(1, 0, first, second));
    subject.isSupportedBy(B, 1);
    subject.sync();
    assertThat(subject.participant.lease()).isNull();
    subject.receive(B, subject.accepted(2, 0));
    assertThat(subject.chosen).hasSize(2);
    assertThat(subject.participant.lease()).isNull();
    subject.receive(B, subject.accepted(3, 0));
    assertThat(subject.holdsLease()).isTrue();
    Lease lease = subject.participant.lease();
    assertThat(lease).isNotNull();
    assertThat(lease == null ? 0 : lease.readySlot()).isEqualTo(3);
  }

  // R3

  @Test
  void leaseIsJudgedAnewWhenTheConfigurationChanges() {
    Subject subject = Subject.leader();
    subject.isSupportedBy(C, 1);
    subject.receive(C, new Message.Accepted(subject.ballot(), 1, 2, false, 1, 0, 1));
    Lease before = subject.participant.lease();
    assertThat(before != null && before.holds(subject.now)).isTrue();
    subject.participant.join(D, subject.now);
    subject.receive(D, subject.accepted(1, 0));
    Configuration next = THREE.replacing(C, new Member(D, Member.Kind.LOG));
    assertThat(subject.participant.reconfigure(next, subject.now)).isEqualTo(2);
    subject.sync();
    subject.receive(B, subject.accepted(2, 0));
    assertThat(subject.participant.configuration()).isEqualTo(next);
    assertThat(subject.holdsLease()).as("C counts no more, B supports nobody").isFalse();
    assertThat(before != null && before.holds(subject.now)).as("for whoever kept it").isFalse();
  }

  @Test
  void leaseEndsWithTheOffice() {
    Subject subject = Subject.leader();
    subject.isSupportedBy(B, 1);
    Lease lease = subject.participant.lease();
    subject.participant.resign(subject.now);
    assertThat(subject.participant.lease()).isNull();
    assertThat(lease != null && lease.holds(subject.now)).isFalse();
  }

  @Test
  void leaseCountsTheEpochInWhichTheBallotWasTakenOnly() {
    Subject subject = Subject.leader();
    subject.isSupportedBy(B, 2);
    assertThat(subject.holdsLease()).isFalse();
    subject.participant.supportChanged(B, subject.now);
    assertThat(subject.take(B, Message.Accept.class)).anyMatch(Message.Accept::answer);
    subject.receive(B, new Message.Accepted(subject.ballot(), 1, 2, false, 1, 0, 2));
    assertThat(subject.holdsLease()).isTrue();
  }

  // R4

  @Test
  void truncatedIsNotEmpty() {
    Subject subject = Subject.candidate();
    Ballot ballot = subject.ballot();
    subject.receive(B, new Message.Promise(ballot, 1, 4, 4, List.of(), true, 1));
    assertThat(subject.participant.leads()).isFalse();
    assertThat(subject.take(B, Message.Resign.class))
        .containsExactly(new Message.Resign(ballot, B));
  }

  // R5: who a disk is, the protocol is told. That one that lost its data is another, and does not
  // vote in its former place: LostDiskTest (simulation), NodeFileTest, FirstStartTest.

  // R6

  @Test
  void whoIsNoMemberIsNotCounted() {
    Subject subject = Subject.candidate();
    subject.receive(D, subject.promise(1, 0));
    assertThat(subject.participant.leads()).isFalse();
    subject.receive(B, subject.promise(1, 0));
    subject.sync();
    subject.participant.join(D, subject.now);
    subject.receive(D, subject.accepted(1, 0));
    assertThat(subject.chosen).isEmpty();
    subject.receive(B, subject.accepted(1, 0));
    assertThat(subject.chosen).hasSize(1);
  }

  @Test
  void nothingIsProposedPastAConfigurationThatIsNotChosen() {
    Subject subject = Subject.leader();
    Configuration next = THREE.without(C);
    assertThat(subject.participant.reconfigure(next, subject.now)).isEqualTo(2);
    assertThat(subject.participant.propose(new byte[1], subject.now)).isZero();
    assertThat(subject.participant.reconfigure(THREE.without(B), subject.now)).isZero();
    subject.sync();
    subject.receive(C, new Message.Accepted(subject.ballot(), 2, 3, false, 0, 0, 1));
    assertThat(subject.participant.configuration()).isEqualTo(next);
    assertThat(subject.participant.propose(new byte[1], subject.now)).isEqualTo(3);
    subject.sync();
    subject.receive(C, new Message.Accepted(subject.ballot(), 3, 4, false, 0, 0, 1));
    assertThat(subject.chosen).as("C is no member any more").hasSize(2);
    subject.receive(B, subject.accepted(3, 0));
    assertThat(subject.chosen).hasSize(3);
  }

  @Test
  void nothingIsProposedAgainPastAConfigurationThatIsNotChosen() {
    Subject subject = Subject.candidate();
    Ballot old = new Ballot(0, C);
    Entry change = new Entry(1, old, new Value.Reconfigure(THREE.without(C)));
    Entry behind = new Entry(2, old, command("x"));
    subject.receive(B, subject.promise(1, 0, change, behind));
    assertThat(subject.participant.leads()).isTrue();
    assertThat(subject.participant.last()).isEqualTo(1);
    subject.sync();
    subject.receive(B, subject.accepted(1, 0));
    assertThat(subject.participant.last()).as("and the barrier").isEqualTo(3);
  }

  /// Its own log holds something behind, of a lower ballot: another value may have to be proposed.
  @Test
  void whatIsNotProposedAgainYetIsSentToNobody() {
    Ballot old = new Ballot(0, C);
    Entry change = new Entry(1, old, new Value.Reconfigure(THREE.without(C)));
    Entry behind = new Entry(2, old, command("x"));
    Subject subject = new Subject(Subject.recovered(old, 0, change, behind), false);
    subject.participant.campaign(subject.now);
    subject.sync();
    Entry higher = new Entry(2, new Ballot(0, D), command("y"));
    subject.receive(B, subject.promise(1, 0, change, higher));
    assertThat(subject.participant.leads()).isTrue();
    subject.receive(B, subject.accepted(0, 0));
    subject.sync();
    assertThat(values(subject)).as("up to the change").containsExactly(change.value());
    subject.receive(B, subject.accepted(1, 0));
    assertThat(values(subject)).contains(higher.value()).doesNotContain(behind.value());
  }

  private static List<Value> values(Subject subject) {
    return subject.take(B, Message.Accept.class).stream()
        .flatMap(accept -> accept.values().stream())
        .toList();
  }

  @Test
  void candidateAsksAQuorumOfEveryConfigurationThatMayBeInForce() {
    Subject subject = Subject.candidate();
    Configuration next = THREE.replacing(C, new Member(D, Member.Kind.LOG));
    Configuration wider = next.with(new Member(5, Member.Kind.LOG));
    Entry change = new Entry(1, new Ballot(0, C), new Value.Reconfigure(wider));
    subject.pass(Duration.ofMillis(1));
    subject.receive(B, subject.promise(1, 0, change));
    assertThat(subject.participant.leads()).isFalse();
    assertThat(subject.take(D, Message.Prepare.class)).isNotEmpty();
    subject.receive(D, subject.promise(1, 0));
    assertThat(subject.participant.leads()).isTrue();
  }

  // R7

  @Test
  void configurationIsProposedWhenAllBelowItIsChosen() {
    Subject subject = Subject.leader();
    assertThat(subject.participant.propose(new byte[1], subject.now)).isEqualTo(2);
    assertThat(subject.participant.reconfigure(THREE.without(C), subject.now)).isEqualTo(3);
    assertThat(subject.participant.propose(new byte[1], subject.now)).isZero();
    subject.sync();
    assertThat(subject.participant.last()).isEqualTo(2);
    subject.receive(B, subject.accepted(2, 0));
    assertThat(subject.participant.last()).isEqualTo(3);
  }

  // R8

  @Test
  void whoJoinsHasTakenTheBallot() {
    Subject subject = Subject.leader();
    Configuration next = THREE.replacing(C, new Member(D, Member.Kind.LOG));
    assertThat(subject.participant.reconfigure(next, subject.now)).isZero();
    assertThat(subject.take(D, Message.Accept.class)).anyMatch(Message.Accept::answer);
    subject.receive(D, subject.accepted(0, 0));
    assertThat(subject.participant.reconfigure(next, subject.now)).isEqualTo(2);
  }

  /// The joiner's log begins where it came in: without a store of its own that is durable it would
  /// have nothing of what came before.
  @Test
  void leaderTakesNobodyInWhoHasStoredNothing() {
    Subject subject = Subject.leader();
    subject.participant.join(D, subject.now);
    subject.receive(D, subject.accepted(1, 0));
    Configuration next = THREE.with(new Member(D, Member.Kind.STORAGE));
    assertThat(subject.participant.reconfigure(next, subject.now)).isZero();
    subject.receive(D, subject.accepted(1, 1));
    assertThat(subject.participant.reconfigure(next, subject.now)).isEqualTo(2);
  }

  @Test
  void leaderTakesNobodyInWhoseStoreLacksWhatLogReplicasMayHaveForgotten() {
    Subject subject = Subject.leader();
    subject.participant.propose(new byte[1], subject.now);
    subject.sync();
    subject.receive(B, subject.accepted(2, 2));
    subject.receive(C, subject.accepted(2, 2));
    subject.participant.stored(2);
    assertThat(subject.participant.storedEverywhere()).isEqualTo(2);
    subject.participant.join(D, subject.now);
    subject.receive(D, subject.accepted(2, 1));
    Configuration next = THREE.with(new Member(D, Member.Kind.STORAGE));
    assertThat(subject.participant.reconfigure(next, subject.now)).isZero();
    subject.receive(D, subject.accepted(2, 2));
    assertThat(subject.participant.reconfigure(next, subject.now)).isEqualTo(3);
  }
}
