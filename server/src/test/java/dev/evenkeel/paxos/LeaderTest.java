package dev.evenkeel.paxos;

import static dev.evenkeel.paxos.Subject.B;
import static dev.evenkeel.paxos.Subject.C;
import static dev.evenkeel.paxos.Subject.D;
import static dev.evenkeel.paxos.Subject.ME;
import static dev.evenkeel.paxos.Subject.THREE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderTest {
  private static Message.Accepted gap(Subject subject, long upTo) {
    return new Message.Accepted(subject.ballot(), upTo, upTo + 1, true, 0, 0, 1);
  }

  private static void propose(Subject subject, int commands) {
    for (int i = 0; i < commands; i++) {
      assertThat(subject.participant.propose(new byte[1], subject.now)).isPositive();
    }
    subject.participant.flush(subject.now);
  }

  @Test
  void countsAcknowledgementsOfItsBallotOnly() {
    Subject subject = Subject.leader();
    propose(subject, 1);
    subject.sync();
    subject.receive(B, new Message.Accepted(new Ballot(0, ME), 2, 3, false, 0, 0, 1));
    assertThat(subject.chosen).hasSize(1);
    subject.receive(B, subject.accepted(2, 0));
    assertThat(subject.chosen).hasSize(2);
  }

  @Test
  void countsItselfWhenItsEntryIsDurable() {
    Subject subject = Subject.leader();
    propose(subject, 1);
    subject.receive(B, subject.accepted(2, 0));
    assertThat(subject.chosen).hasSize(1);
    subject.sync();
    assertThat(subject.chosen).hasSize(2);
  }

  @Test
  void isNotNeededForAQuorumOfTheOthers() {
    Subject subject = Subject.leader();
    propose(subject, 1);
    subject.receive(B, subject.accepted(2, 0));
    subject.receive(C, subject.accepted(2, 0));
    assertThat(subject.chosen).hasSize(2);
  }

  @Test
  void goesBackOnceForAllMessagesThatCameTooEarly() {
    Subject subject = Subject.leader();
    subject.receive(B, subject.accepted(1, 0));
    propose(subject, 1);
    propose(subject, 1);
    propose(subject, 1);
    subject.sent.clear();
    for (int i = 0; i < 3; i++) {
      subject.receive(B, gap(subject, 1));
    }
    List<Message.Accept> again = subject.take(B, Message.Accept.class);
    assertThat(again).hasSize(1);
    assertThat(again.getFirst().first()).isEqualTo(2);
    assertThat(again.getFirst().values()).hasSize(3);
  }

  @Test
  void goesBackBelowWhatAMemberAcknowledgedBeforeItsRestart() {
    Subject subject = Subject.leader();
    propose(subject, 2);
    subject.sync();
    subject.receive(C, subject.accepted(3, 0));
    subject.sent.clear();
    subject.receive(C, gap(subject, 1));
    assertThat(subject.take(C, Message.Accept.class)).anyMatch(each -> each.first() == 2);
  }

  @Test
  void sendsAgainWhatWasLost() {
    Subject subject = Subject.leader();
    subject.receive(B, subject.accepted(1, 0));
    propose(subject, 1);
    subject.take(B, Message.Accept.class);
    subject.pass(Options.DEFAULT.retransmit());
    subject.tick();
    assertThat(subject.take(B, Message.Accept.class))
        .anyMatch(each -> each.first() == 2 && each.values().size() == 1);
  }

  @Test
  void keepsAFewMessagesOnTheirWayToOneMember() {
    Subject subject = Subject.leader();
    subject.receive(B, subject.accepted(1, 0));
    subject.sent.clear();
    for (int i = 0; i < 10; i++) {
      propose(subject, 1);
    }
    assertThat(subject.take(B, Message.Accept.class)).hasSize(Options.DEFAULT.window());
    subject.receive(B, subject.accepted(2, 0));
    List<Message.Accept> rest = subject.take(B, Message.Accept.class);
    assertThat(rest).hasSize(1);
    assertThat(rest.getFirst().values()).as("all that gathered").hasSize(7);
  }

  /// Proposes commands that are as large as half of what may be open.
  private static void fill(Subject subject) {
    int half = Math.toIntExact(Options.DEFAULT.openBytes() / 2);
    for (int i = 0; i < 2; i++) {
      assertThat(subject.participant.isCrowded()).isFalse();
      assertThat(subject.participant.propose(new byte[half], subject.now)).isPositive();
    }
  }

  @Test
  void isCrowdedWhileTheOpenEntriesAreTooManyBytes() {
    Subject subject = Subject.leader();
    fill(subject);
    assertThat(subject.participant.isCrowded()).isTrue();
    assertThat(subject.participant.mayPropose()).as("it still leads").isTrue();
    assertThat(subject.participant.propose(new byte[1], subject.now))
        .as("the rest of a request that has begun")
        .isPositive();
  }

  @Test
  void takesProposalsAgainWhenSomeAreChosen() {
    Subject subject = Subject.leader();
    fill(subject);
    subject.sync();
    subject.receive(B, subject.accepted(2, 0));
    assertThat(subject.participant.isCrowded()).as("slot 3 alone is open").isFalse();
    assertThat(subject.participant.propose(new byte[1], subject.now)).isEqualTo(4);
    subject.sync();
    subject.receive(B, subject.accepted(4, 0));
    fill(subject);
  }

  @Test
  void isNotCrowdedByAnEntryOfAnySizeOnceItIsChosen() {
    Subject subject = Subject.leader();
    byte[] huge = new byte[Math.toIntExact(2 * Options.DEFAULT.openBytes())];
    assertThat(subject.participant.propose(huge, subject.now)).isEqualTo(2);
    assertThat(subject.participant.isCrowded()).isTrue();
    subject.sync();
    subject.receive(C, subject.accepted(2, 0));
    assertThat(subject.participant.isCrowded()).isFalse();
    assertThat(subject.participant.propose(huge, subject.now)).isEqualTo(3);
  }

  @Test
  void aMemberThatIsFarBehindTakesNoRoom() {
    Subject subject = Subject.leader();
    subject.receive(C, subject.accepted(1, 0));
    for (int i = 0; i < 3; i++) {
      fill(subject);
      subject.sync();
      subject.receive(B, subject.accepted(subject.participant.last(), 0));
    }
    assertThat(subject.participant.lag(C)).isEqualTo(6);
    assertThat(subject.participant.isCrowded()).isFalse();
  }

  /// Its own votes of a lower ballot are proposed anew, and counted once.
  @Test
  void whatItProposesAgainIsOpenUntilItIsChosen() {
    byte[] half = new byte[Math.toIntExact(Options.DEFAULT.openBytes() / 2)];
    Ballot old = new Ballot(0, C);
    Entry first = new Entry(1, old, new Value.Command(half));
    Entry second = new Entry(2, old, new Value.Command(half));
    Subject subject = new Subject(Subject.recovered(old, 0, first, second), false);
    subject.participant.campaign(subject.now);
    subject.sync();
    subject.receive(B, subject.promise(1, 0, first, second));
    assertThat(subject.participant.last()).as("the barrier is proposed").isEqualTo(3);
    assertThat(subject.participant.isCrowded()).isTrue();
    subject.sync();
    subject.receive(B, subject.accepted(1, 0));
    assertThat(subject.participant.isCrowded()).isFalse();
    assertThat(subject.participant.propose(half, subject.now)).isEqualTo(4);
    assertThat(subject.participant.isCrowded()).isTrue();
    subject.sync();
    subject.receive(B, subject.accepted(4, 0));
    fill(subject);
  }

  @Test
  void whatItLeftOpenWithItsOfficeIsNoLongerInTheWayOnceItIsChosen() {
    Subject subject = Subject.leader();
    fill(subject);
    subject.participant.resign(subject.now);
    assertThat(subject.participant.isCrowded()).as("it takes none at all").isFalse();
    Ballot theirs = new Ballot(subject.ballot().round() + 1, B);
    List<Value> instead = List.of(new Value.Noop(), new Value.Noop());
    subject.receive(B, new Message.Accept(theirs, 2, instead, 3, 0, true));
    subject.sync();
    assertThat(subject.chosen).hasSize(3);
    subject.receive(B, new Message.Resign(theirs, ME));
    subject.sync();
    subject.receive(B, subject.promise(4, 3));
    subject.sync();
    subject.receive(B, subject.accepted(4, 0));
    fill(subject);
  }

  @Test
  void isQuietWhenAllIsKnownEverywhere() {
    Subject subject = Subject.leader();
    subject.isSupportedBy(B, 1);
    subject.isSupportedBy(C, 1);
    for (long node : List.of(B, C)) {
      subject.receive(node, new Message.Accepted(subject.ballot(), 1, 2, false, 1, 0, 1));
    }
    assertThat(subject.participant.isBusy(subject.now)).isFalse();
  }

  @Test
  void tellsAgainWhatIsChosenUntilItIsKnown() {
    Subject subject = Subject.leader();
    subject.isSupportedBy(B, 1);
    subject.receive(B, subject.accepted(1, 0));
    subject.sent.clear();
    assertThat(subject.participant.isBusy(subject.now)).isTrue();
    subject.pass(Options.DEFAULT.retransmit());
    subject.tick();
    assertThat(subject.take(B, Message.Accept.class)).anyMatch(each -> each.chosen() == 1);
  }

  @Test
  void resignsWhenNothingIsChosenForTooLong() {
    Subject subject = Subject.leader();
    propose(subject, 1);
    subject.pass(Options.DEFAULT.stall());
    subject.tick();
    assertThat(subject.participant.leads()).isFalse();
    assertThat(subject.events).contains("paxos.stalled-leader-resigned");
  }

  /// What the others say of their disks, heard now.
  private static void hears(Subject subject, boolean isFullAtB, boolean isFullAtC) {
    hears(subject, B, new Disks.State(isFullAtB, false));
    hears(subject, C, new Disks.State(isFullAtC, false));
  }

  private static void hears(Subject subject, long node, Disks.State disks) {
    subject.supports(node);
    subject.support.disks().heard(node, disks);
  }

  private static void isUnableForALease(Subject subject) {
    subject.participant.able(false, false, subject.now);
    subject.pass(Options.DEFAULT.lease().plusMillis(1));
  }

  @Test
  void aLeaderWithAFullDiskGivesWayToThoseThatTakeWrites() {
    Subject subject = Subject.leader();
    isUnableForALease(subject);
    hears(subject, false, false);
    assertThat(subject.participant.leads()).isTrue();
    subject.participant.able(false, false, subject.now);
    assertThat(subject.participant.leads()).isFalse();
    assertThat(subject.events).contains("paxos.unable-leader-resigned");
  }

  @Test
  void aLeaderWithAFullDiskWaitsForWhatOthersFindOut() {
    Subject subject = Subject.leader();
    hears(subject, false, false);
    subject.participant.able(false, false, subject.now);
    assertThat(subject.participant.leads()).isTrue();
    subject.participant.able(true, true, subject.now);
    subject.pass(Options.DEFAULT.lease().plusMillis(1));
    hears(subject, false, false);
    subject.participant.able(false, false, subject.now);
    assertThat(subject.participant.leads()).as("waits anew").isTrue();
  }

  @Test
  void aLeaderWithAFullDiskStaysWhereNobodyElseCanLead() {
    for (boolean isFullAtC : new boolean[] {true, false}) {
      Subject subject = Subject.leader();
      isUnableForALease(subject);
      hears(subject, true, isFullAtC);
      subject.participant.able(false, false, subject.now);
      assertThat(subject.participant.leads()).as("C alone elects nobody").isTrue();
      assertThat(subject.participant.isBlocked(subject.now)).isTrue();
    }
    Subject unheard = Subject.leader();
    isUnableForALease(unheard);
    unheard.participant.able(false, false, unheard.now);
    assertThat(unheard.participant.leads()).as("nobody is there").isTrue();
  }

  @Test
  void staysThoughNothingIsChosenWhileDisksAreFull() {
    Subject subject = Subject.leader();
    propose(subject, 1);
    subject.pass(Options.DEFAULT.stall());
    hears(subject, true, true);
    assertThat(subject.participant.isBlocked(subject.now)).isTrue();
    subject.tick();
    assertThat(subject.participant.leads()).isTrue();
    hears(subject, true, false);
    assertThat(subject.participant.isBlocked(subject.now)).as("C is enough").isFalse();
    subject.tick();
    assertThat(subject.participant.leads()).isFalse();
  }

  @Test
  void oneFullDiskAndOneSilentMemberBlockAsTwoFullDisksDo() {
    Subject subject = Subject.leader();
    propose(subject, 1);
    subject.pass(Options.DEFAULT.stall());
    hears(subject, B, new Disks.State(true, false));
    assertThat(subject.participant.isBlocked(subject.now)).isTrue();
    subject.tick();
    assertThat(subject.participant.leads()).isTrue();
  }

  @Test
  void givesNoWayToOneWhoseStoreTakesNoWritesButCountsOnItsLog() {
    Subject subject = Subject.leader();
    isUnableForALease(subject);
    hears(subject, B, new Disks.State(false, true));
    hears(subject, C, new Disks.State(false, true));
    subject.participant.able(false, false, subject.now);
    assertThat(subject.participant.leads()).isTrue();
    assertThat(subject.participant.isBlocked(subject.now)).isFalse();
    hears(subject, C, Disks.State.FINE);
    subject.participant.able(false, false, subject.now);
    assertThat(subject.participant.leads()).isFalse();
  }

  @Test
  void aFullDiskOfANodeThatIsSilentIsForgotten() {
    Subject subject = Subject.leader();
    hears(subject, true, true);
    subject.pass(Options.DEFAULT.lease().plusMillis(1));
    assertThat(subject.participant.isBlocked(subject.now)).isFalse();
  }

  @Test
  void handsOverWhenTheSuccessorHasEverything() {
    Subject subject = Subject.leader();
    Ballot ballot = subject.ballot();
    propose(subject, 1);
    assertThat(subject.participant.transfer(B, subject.now)).isTrue();
    assertThat(subject.participant.mayPropose()).as("refused, not failed").isFalse();
    assertThat(subject.participant.leads()).isTrue();
    subject.sync();
    subject.receive(B, subject.accepted(2, 0));
    assertThat(subject.chosen).as("what was proposed is chosen").hasSize(2);
    assertThat(subject.participant.leads()).isFalse();
    assertThat(subject.take(B, Message.Resign.class))
        .containsExactly(new Message.Resign(ballot, B));
  }

  @Test
  void aHandOverThatTakesTooLongIsCalledOff() {
    Subject subject = Subject.leader();
    propose(subject, 1);
    subject.participant.transfer(B, subject.now);
    subject.pass(Options.DEFAULT.lease());
    subject.participant.flush(subject.now);
    assertThat(subject.participant.leads()).isTrue();
    assertThat(subject.participant.mayPropose()).isTrue();
  }

  /// A machine that was suspended: all at once its clock shows much more, and what was on its way
  /// to it comes.
  @Test
  void aLeaderThatWakesUpHasNoLeaseBeforeItHasAskedAnew() {
    Subject subject = Subject.leader();
    subject.isSupportedBy(B, 1);
    assertThat(subject.holdsLease()).isTrue();
    long asked = subject.support.heartbeat(subject.now).sent();
    subject.pass(Options.DEFAULT.lease());
    assertThat(subject.holdsLease()).as("asleep for a lease").isFalse();
    subject.pass(Duration.ofHours(1));
    subject.support.received(B, new Support.Supported(asked, 1), subject.now);
    assertThat(subject.holdsLease()).as("an answer from before").isFalse();
    subject.isSupportedBy(B, 2);
    assertThat(subject.holdsLease()).as("B may have taken another ballot meanwhile").isFalse();
    subject.receive(B, new Message.Accepted(subject.ballot(), 1, 2, false, 0, 0, 2));
    assertThat(subject.holdsLease()).as("B took it in the new epoch").isTrue();
  }

  @Test
  void successorNeedsNoSupportToLapse() {
    Ballot old = new Ballot(4, B);
    Subject subject = new Subject(Subject.recovered(old, 0), false);
    subject.supports(B);
    subject.receive(B, new Message.Accept(old, 1, List.of(), 0, 0, true));
    subject.receive(B, new Message.Resign(old, ME));
    subject.sync();
    assertThat(subject.take(C, Message.Prepare.class))
        .containsExactly(new Message.Prepare(new Ballot(5, ME), 1, old));
  }

  @Test
  void neverTakesItselfOutNorChangesTwoMembers() {
    Subject subject = Subject.leader();
    Member log = new Member(D, Member.Kind.LOG);
    for (long node : new long[] {D, 9}) {
      subject.participant.join(node, subject.now);
      subject.receive(node, subject.accepted(0, 0));
    }
    for (Configuration next :
        List.of(
            THREE.without(ME),
            new Configuration(1, THREE.members()),
            new Configuration(2, THREE.without(C).members()),
            new Configuration(1, List.of(new Member(ME, Member.Kind.STORAGE))),
            new Configuration(
                1, THREE.replacing(C, log).with(new Member(9, Member.Kind.LOG)).members()),
            new Configuration(
                1,
                List.of(
                    new Member(ME, Member.Kind.STORAGE), log, new Member(9, Member.Kind.LOG))))) {
      assertThat(subject.participant.reconfigure(next, subject.now)).as("%s", next).isZero();
    }
    assertThat(subject.participant.reconfigure(THREE.replacing(C, log), subject.now)).isPositive();
  }
}
