package dev.evenkeel.paxos;

import static dev.evenkeel.paxos.Subject.B;
import static dev.evenkeel.paxos.Subject.C;
import static dev.evenkeel.paxos.Subject.ME;
import static dev.evenkeel.paxos.Subject.THREE;
import static dev.evenkeel.paxos.Subject.command;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptorTest {
  private static final List<Value> VALUES = List.of(new Value.Noop(), command("a"), command("b"));
  private static final List<Ballot> BALLOTS =
      List.of(new Ballot(1, C), new Ballot(2, B), new Ballot(2, C), new Ballot(3, B));

  /// What an acceptor has: its promise, and perhaps an entry in slot 1 or in slots 1 and 2.
  private static List<Recovered> states() {
    List<Recovered> states = new ArrayList<>();
    for (Ballot promised : BALLOTS) {
      states.add(Subject.recovered(promised, 0));
      for (Ballot accepted : BALLOTS) {
        if (!accepted.isAbove(promised)) {
          for (Value value : VALUES) {
            Entry one = new Entry(1, accepted, value);
            states.add(Subject.recovered(promised, 0, one));
            states.add(Subject.recovered(promised, 1, one));
            states.add(
                Subject.recovered(promised, 0, one, new Entry(2, accepted, command("second"))));
          }
        }
      }
    }
    return states;
  }

  /// Every Prepare at every state: a promise is given if and only if the ballot is not below the
  /// promised one, tells all that was accepted, and is durable first.
  @Test
  void everyPrepareInEveryStateIsAnsweredByTheRules() {
    for (Recovered state : states()) {
      for (Ballot ballot : BALLOTS) {
        Subject subject = new Subject(state, false);
        subject.receive(ballot.node(), new Message.Prepare(ballot, state.chosen() + 1, null));
        boolean mayTake = !ballot.isBelow(state.promised());
        boolean isNew = ballot.isAbove(state.promised());
        List<Message.Promise> early = subject.take(ballot.node(), Message.Promise.class);
        subject.sync();
        List<Message.Promise> promises = subject.take(ballot.node(), Message.Promise.class);
        String what = state + " " + ballot;
        assertThat(early.size()).as(what).isEqualTo(mayTake && !isNew ? 1 : 0);
        assertThat(promises.size()).as(what).isEqualTo(isNew ? 1 : 0);
        assertThat(subject.take(ballot.node(), Message.Reject.class).size())
            .as(what)
            .isEqualTo(mayTake ? 0 : 1);
        assertThat(subject.ballot()).as(what).isEqualTo(mayTake ? ballot : state.promised());
        for (Message.Promise promise : isNew ? promises : early) {
          assertThat(promise.chosen()).isEqualTo(state.chosen());
          assertThat(promise.accepted())
              .as(what)
              .isEqualTo(state.accepted().stream().filter(e -> e.slot() > state.chosen()).toList());
        }
      }
    }
  }

  /// Every Accept of one value at every state.
  @Test
  void everyAcceptInEveryStateIsAnsweredByTheRules() {
    for (Recovered state : states()) {
      for (Ballot ballot : BALLOTS) {
        for (long slot = 1; slot <= 3; slot++) {
          for (Value value : VALUES) {
            accept(state, ballot, slot, value);
          }
        }
      }
    }
  }

  private static void accept(Recovered state, Ballot ballot, long slot, Value value) {
    Subject subject = new Subject(state, false);
    long leader = ballot.node();
    long before = contiguous(state, ballot);
    subject.receive(leader, new Message.Accept(ballot, slot, List.of(value), 0, 0, true));
    List<Message.Accepted> early = subject.take(leader, Message.Accepted.class);
    subject.sync();
    List<Message.Accepted> late = subject.take(leader, Message.Accepted.class);
    String what = state + " " + ballot + " " + slot + " " + value;
    if (ballot.isBelow(state.promised())) {
      assertThat(early).as(what).isEmpty();
      assertThat(late).as(what).isEmpty();
      assertThat(subject.records).as(what).isEmpty();
      assertThat(subject.take(leader, Message.Reject.class)).as(what).hasSize(1);
      return;
    }
    assertThat(early).as("%s: before it is durable", what).allMatch(a -> a.upTo() <= before);
    Message.@Nullable Accepted last =
        late.isEmpty() ? (early.isEmpty() ? null : early.getLast()) : late.getLast();
    boolean fits = slot <= before + 1;
    long after = fits ? Math.max(before, slot) : before;
    assertThat(last).as(what).isNotNull();
    if (last != null) {
      assertThat(last.upTo()).as(what).isEqualTo(after);
      assertThat(last.next()).as(what).isEqualTo(after + 1);
      assertThat(last.gap()).as(what).isEqualTo(!fits);
    }
    List<AcceptorRecord> accepted =
        subject.records.stream().filter(AcceptorRecord.Accepted.class::isInstance).toList();
    Entry entry = new Entry(slot, ballot, value);
    assertThat(accepted)
        .as(what)
        .isEqualTo(
            slot == before + 1
                ? List.of(new AcceptorRecord.Accepted(entry, state.chosen()))
                : List.of());
  }

  /// How far the state has come in that ballot.
  private static long contiguous(Recovered state, Ballot ballot) {
    long slot = state.chosen();
    for (Entry entry : state.accepted()) {
      boolean counts = ballot.equals(state.promised()) && entry.ballot().equals(ballot);
      if (entry.slot() == slot + 1 && counts) {
        slot++;
      }
    }
    return slot;
  }

  @Test
  void takesAsChosenOnlyWhatItAcceptedInThatBallot() {
    Entry old = new Entry(1, new Ballot(1, C), command("old"));
    Subject subject = new Subject(Subject.recovered(old.ballot(), 0, old), false);
    Ballot ballot = new Ballot(2, B);
    subject.receive(B, new Message.Accept(ballot, 2, List.of(), 1, 0, true));
    assertThat(subject.chosen).isEmpty();
    subject.receive(B, new Message.Accept(ballot, 1, List.of(command("new")), 1, 0, true));
    assertThat(subject.chosen).extracting(Entry::value).containsExactly(command("new"));
  }

  @Test
  void answersOnceAnAcceptThatItHadToWrite() {
    Subject subject = new Subject(Subject.recovered(new Ballot(2, B), 0), false);
    subject.receive(
        B, new Message.Accept(new Ballot(2, B), 1, List.of(new Value.Noop()), 0, 0, true));
    assertThat(subject.take(B, Message.Accepted.class)).isEmpty();
    subject.sync();
    assertThat(subject.take(B, Message.Accepted.class)).hasSize(1);
  }

  @Test
  void aBaseCountsOnlyWhereItReachesFurther() {
    Ballot ballot = new Ballot(2, B);
    Entry one = new Entry(1, ballot, command("a"));
    Subject subject = new Subject(Subject.recovered(ballot, 1, one), false);
    subject.receive(B, new Message.Base(ballot, 1, THREE));
    assertThat(subject.events).isEmpty();
    assertThat(subject.participant.isRestoring()).isFalse();
    Configuration next = THREE.without(C);
    subject.receive(B, new Message.Base(ballot, 7, next));
    assertThat(subject.events).containsExactly("based 7");
    assertThat(subject.participant.isRestoring()).isTrue();
    assertThat(subject.participant.configuration()).isEqualTo(next);
    assertThat(subject.take(B, Message.Accepted.class)).as("not durable").hasSize(1);
    subject.sync();
    assertThat(subject.take(B, Message.Accepted.class).getLast().upTo()).isEqualTo(7);
  }

  @Test
  void aBaseVoidsTheStoreOfALogReplicaToo() {
    Ballot ballot = new Ballot(2, B);
    Configuration asLog =
        new Configuration(1, THREE.with(new Member(ME, Member.Kind.LOG)).members());
    Subject subject = new Subject(Subject.recovered(ballot, 0), false);
    subject.receive(B, new Message.Base(ballot, 7, asLog));
    assertThat(subject.participant.isRestoring()).isTrue();
    subject.participant.stored(3);
    assertThat(subject.participant.storedEverywhere()).isZero();
  }

  /// What a snapshot brought is on the disk only once the store is flushed, and a crash before that
  /// leaves nothing.
  @Test
  void hasStoredNothingOfASnapshotBeforeItIsFlushed() {
    Ballot ballot = new Ballot(2, B);
    Recovered empty = new Recovered(ballot, 22, 22, THREE, 22, List.of(), 22, true);
    Recovered behind = new Recovered(ballot, 3, 0, THREE, 3, List.of(), 3, false);
    for (Recovered recovered : List.of(empty, behind)) {
      Subject subject = new Subject(recovered, false);
      subject.receive(B, new Message.Base(ballot, 30, THREE));
      subject.sync();
      subject.sent.clear();
      subject.participant.restored(subject.now);
      assertThat(subject.take(B, Message.Accepted.class).getLast().stored()).isZero();
      subject.participant.stored(31, subject.now);
      assertThat(subject.take(B, Message.Accepted.class).getLast().stored()).isEqualTo(31);
    }
  }

  @Test
  void hasStoredNothingWhereItComesBackWithoutItsState() {
    Ballot ballot = new Ballot(2, B);
    Recovered empty = new Recovered(ballot, 22, 22, THREE, 22, List.of(), 22, true);
    Subject subject = new Subject(empty, false);
    subject.receive(B, new Message.Accept(ballot, 23, List.of(), 22, 0, true));
    subject.participant.restored(subject.now);
    assertThat(subject.take(B, Message.Accepted.class).getLast().stored()).isZero();
  }

  @Test
  void promisesWhatIsOnDiskOnlyOnceItWasRead() {
    Subject subject = Subject.leader();
    subject.receive(C, new Message.Prepare(new Ballot(9, C), 1, null));
    subject.sync();
    assertThat(subject.take(C, Message.Promise.class)).isEmpty();
    assertThat(subject.fetches).hasSize(1);
    Effects.Fetch purpose = subject.fetches.getFirst();
    subject.participant.fetched(purpose, List.of(subject.chosen.getFirst()), subject.now);
    List<Message.Promise> promises = subject.take(C, Message.Promise.class);
    assertThat(promises).hasSize(1);
    assertThat(promises.getFirst().accepted()).isEqualTo(subject.chosen);
    assertThat(promises.getFirst().chosen()).isEqualTo(1);
  }

  @Test
  void whatIsGoneFromTheDiskIsReportedAsTruncated() {
    Subject subject = Subject.leader();
    subject.receive(C, new Message.Prepare(new Ballot(9, C), 1, null));
    subject.sync();
    subject.participant.fetched(subject.fetches.getFirst(), null, subject.now);
    subject.receive(C, new Message.Prepare(new Ballot(9, C), 1, null));
    assertThat(subject.take(C, Message.Promise.class).getFirst().truncated()).isEqualTo(1);
  }
}
