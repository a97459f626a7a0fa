package dev.evenkeel.paxos;

import static dev.evenkeel.paxos.Subject.B;
import static dev.evenkeel.paxos.Subject.C;
import static dev.evenkeel.paxos.Subject.D;
import static dev.evenkeel.paxos.Subject.ME;
import static dev.evenkeel.paxos.Subject.THREE;
import static dev.evenkeel.paxos.Subject.command;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandidateTest {
  @Test
  void asksNobodyBeforeItsOwnPromiseIsDurable() {
    Subject subject = new Subject(Recovered.fresh(THREE), false);
    assertThat(subject.records).containsExactly(new AcceptorRecord.Promised(subject.ballot()));
    assertThat(subject.sent).isEmpty();
    subject.sync();
    assertThat(subject.take(B, Message.Prepare.class)).hasSize(1);
    assertThat(subject.take(C, Message.Prepare.class)).hasSize(1);
  }

  @Test
  void countsAPromiseOfItsBallotOnly() {
    Subject subject = Subject.candidate();
    Ballot older = new Ballot(0, ME);
    subject.receive(B, new Message.Promise(older, 1, 0, 0, List.of(), true, 1));
    assertThat(subject.participant.leads()).isFalse();
  }

  @Test
  void countsAMemberOnce() {
    Configuration five = Subject.configuration(0, ME, B, C, D, 5);
    Subject subject = new Subject(Recovered.fresh(five), false);
    subject.sync();
    subject.receive(B, subject.promise(1, 0));
    subject.receive(B, subject.promise(1, 0));
    assertThat(subject.participant.leads()).isFalse();
    subject.receive(C, subject.promise(1, 0));
    assertThat(subject.participant.leads()).isTrue();
  }

  @Test
  void takesTheValueOfTheHighestBallotWhoeverReportsItFirst() {
    Entry low = new Entry(1, new Ballot(2, B), command("low"));
    Entry high = new Entry(1, new Ballot(3, C), command("high"));
    Configuration five = Subject.configuration(0, ME, B, C, D, 5);
    for (Entry first : List.of(low, high)) {
      Subject subject = new Subject(Recovered.fresh(five), false);
      subject.sync();
      subject.receive(B, subject.promise(1, 0, first));
      subject.receive(C, subject.promise(1, 0, first.equals(low) ? high : low));
      assertThat(accepted(subject)).containsExactly(high.value(), new Value.Noop());
    }
  }

  @Test
  void saysNothingOfABallotThatItGivesUpBeforeThatIsDurable() {
    Subject subject = new Subject(Recovered.fresh(THREE), false);
    subject.pass(Options.DEFAULT.lease());
    subject.tick();
    assertThat(subject.take(B, Message.Resign.class)).isEmpty();
    subject.sync();
    assertThat(subject.take(B, Message.class)).isEmpty();
  }

  private static List<Value> accepted(Subject subject) {
    return subject.records.stream()
        .filter(AcceptorRecord.Accepted.class::isInstance)
        .map(each -> ((AcceptorRecord.Accepted) each).entry().value())
        .toList();
  }

  @Test
  void fillsHolesAndKeepsWhatIsBehindThem() {
    Subject subject = Subject.candidate();
    subject.receive(B, subject.promise(1, 0));
    assertThat(accepted(subject)).containsExactly(new Value.Noop());
  }

  @Test
  void itsOwnLogIsAReport() {
    Entry mine = new Entry(1, new Ballot(1, ME), command("mine"));
    Subject subject = new Subject(Subject.recovered(mine.ballot(), 0, mine), false);
    for (int i = 0; i < 20 && subject.sent.isEmpty(); i++) {
      subject.pass(Options.DEFAULT.stagger());
      subject.tick();
      subject.sync();
    }
    subject.receive(B, subject.promise(1, 0));
    assertThat(subject.participant.leads()).isTrue();
    assertThat(accepted(subject)).containsExactly(mine.value(), new Value.Noop());
  }

  @Test
  void aPromiseInPiecesCountsWhenItIsWhole() {
    Subject subject = Subject.candidate();
    Ballot ballot = subject.ballot();
    Ballot old = new Ballot(0, C);
    Entry one = new Entry(1, old, command("1"));
    Entry two = new Entry(2, old, command("2"));
    Message.Promise head = new Message.Promise(ballot, 1, 0, 0, List.of(one), false, 1);
    subject.sent.clear();
    subject.receive(B, head);
    assertThat(subject.participant.leads()).isFalse();
    assertThat(subject.take(B, Message.Prepare.class))
        .containsExactly(new Message.Prepare(ballot, 2, null));
    subject.receive(B, head);
    assertThat(subject.sent).as("a double asks for nothing").isEmpty();
    subject.receive(B, new Message.Promise(ballot, 3, 0, 0, List.of(), true, 1));
    assertThat(subject.participant.leads()).as("slot 2 is missing").isFalse();
    subject.receive(B, new Message.Promise(ballot, 2, 0, 0, List.of(two), true, 1));
    assertThat(accepted(subject)).containsExactly(one.value(), two.value(), new Value.Noop());
  }

  @Test
  void learnsWhatALogReplicaAloneHasAndKnowsAsChosen() {
    Subject subject = Subject.candidate();
    Ballot old = new Ballot(0, C);
    Entry one = new Entry(1, old, command("1"));
    Entry two = new Entry(2, old, command("2"));
    subject.receive(C, subject.promise(1, 2, one, two));
    assertThat(subject.chosen).extracting(Entry::value).containsExactly(one.value(), two.value());
    assertThat(subject.participant.last()).as("the barrier above").isEqualTo(3);
  }

  private static Message.Promise ofAnEmptiedLog(Subject subject) {
    return new Message.Promise(subject.ballot(), 1, 4, 4, List.of(), true, 1);
  }

  @Test
  void leavesItToAMemberThatHasWhatItLacks() {
    Subject subject = Subject.candidate();
    Ballot ballot = subject.ballot();
    subject.receive(B, ofAnEmptiedLog(subject));
    assertThat(subject.take(B, Message.Resign.class))
        .containsExactly(new Message.Resign(ballot, B));
  }

  /// It would wait for ever. Nor is it told where to begin: it has said nothing of that.
  @Test
  void doesNotLeaveItToALogReplica() {
    Subject subject = beforeAnEmptiedLogReplica();
    subject.receive(C, ofAnEmptiedLog(subject));
    assertThat(subject.participant.leads()).as("says nothing of slot 1").isFalse();
    assertThat(subject.take(B, Message.Resign.class)).isEmpty();
    subject.sent.clear();
    Entry[] entries = new Entry[4];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Entry(i + 1, new Ballot(0, C), command("x"));
    }
    subject.receive(B, subject.promise(1, 4, entries));
    assertThat(subject.participant.leads()).isTrue();
    assertThat(subject.take(C, Message.Base.class)).isEmpty();
    assertThat(subject.fetches).isEmpty();
    assertThat(subject.chosen).hasSize(4);
  }

  /// It may not lack what this one does, and another may not lack it either.
  @Test
  void waitsLongerWhenALogReplicaLacksWhatItNeeds() {
    Subject subject = beforeAnEmptiedLogReplica();
    subject.receive(C, ofAnEmptiedLog(subject));
    subject.pass(Options.DEFAULT.lease());
    subject.tick();
    assertThat(subject.take(C, Message.Resign.class)).hasSize(1);
    Ballot given = subject.ballot();
    subject.pass(Options.DEFAULT.lease());
    subject.tick();
    assertThat(subject.ballot()).as("others have had a lease's time").isEqualTo(given);
  }

  private static Subject beforeAnEmptiedLogReplica() {
    Configuration configuration = THREE.with(new Member(C, Member.Kind.LOG));
    Subject subject = new Subject(Recovered.fresh(configuration), false);
    subject.sync();
    return subject;
  }

  @Test
  void tellsAllWhomItAskedThatItGivesUp() {
    Subject subject = Subject.candidate();
    Ballot ballot = subject.ballot();
    Configuration wider = THREE.with(new Member(D, Member.Kind.LOG));
    Entry change = new Entry(1, new Ballot(0, C), new Value.Reconfigure(wider));
    subject.receive(B, subject.promise(1, 0, change));
    subject.receive(C, new Message.Reject(ballot, new Ballot(9, C), false));
    for (long node : List.of(B, C, D)) {
      assertThat(subject.take(node, Message.Resign.class))
          .as("node %d", node)
          .containsExactly(new Message.Resign(ballot, 0));
    }
    assertThat(subject.participant.leads()).isFalse();
  }

  /// Else two candidates could take the majority from one another for ever.
  @Test
  void aCandidateThatLostWaitsAWhileEachTime() {
    Subject subject = Subject.candidate();
    Set<Long> pauses = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      Ballot lost = subject.ballot();
      subject.receive(C, new Message.Reject(lost, new Ballot(lost.round() + 1, C), false));
      long since = subject.now;
      while (subject.ballot().equals(lost)) {
        subject.pass(Duration.ofMillis(1));
        subject.tick();
      }
      subject.sync();
      assertThat(subject.now - since).isGreaterThanOrEqualTo(Options.DEFAULT.lease().toNanos() / 4);
      pauses.add(subject.now - since);
    }
    assertThat(pauses).as("they differ").hasSizeGreaterThan(1);
  }

  @Test
  void aLogReplicaNeverCampaigns() {
    Configuration logs = THREE.with(new Member(ME, Member.Kind.LOG));
    Subject subject = new Subject(Recovered.fresh(new Configuration(0, logs.members())), false);
    assertThat(subject.participant.isBusy(subject.now)).isFalse();
    subject.receive(B, new Message.Prepare(new Ballot(3, B), 1, null));
    subject.sync();
    subject.receive(B, new Message.Resign(new Ballot(3, B), ME));
    subject.pass(Options.DEFAULT.lease().multipliedBy(3));
    subject.tick();
    subject.sync();
    assertThat(subject.take(C, Message.Prepare.class)).isEmpty();
    assertThat(subject.ballot().node()).isEqualTo(B);
  }
}
