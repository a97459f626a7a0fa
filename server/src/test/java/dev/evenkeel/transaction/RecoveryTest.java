package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row by row what recovery finds, and what it does: the table in `docs/transactions.md`.
class RecoveryTest {
  private static final long A = Groups.A.id();
  private static final long B = Groups.B.id();

  @RegisterExtension final Groups groups = new Groups();
  private final Transaction dead = groups.transaction("dead");
  private final LedgerEntry begun = Groups.begun(dead);

  /// Runs the loop until both groups have been told how the transaction ends.
  private void recover() {
    CompletableFuture<Request> inA = groups.answered(request -> Groups.isFinishOf(request, A));
    CompletableFuture<Request> inB = groups.answered(request -> Groups.isFinishOf(request, B));
    long begunNanos = groups.environment.clock().monotonicNanos();
    groups.startRecovery();
    inA.join();
    inB.join();
    assertThat(groups.environment.clock().monotonicNanos() - begunNanos)
        .as("patience with a coordinator that may be alive")
        .isGreaterThanOrEqualTo(Recovery.AGE_MAX.toNanos());
    assertThat(groups.unsettled()).isEmpty();
  }

  @Test
  void locksOfWhatIsCommittedAreFinished() {
    groups.ledger.begin(begun);
    groups.prepare(dead);
    groups.ledger.commit(begun, 1);
    recover();
    assertThat(groups.values()).isEqualTo("newnew");
  }

  @Test
  void locksOfWhatIsDoneAreFinished() {
    groups.ledger.begin(begun);
    groups.prepare(dead);
    groups.ledger.commit(begun, 1);
    groups.ledger.finished(List.of(dead));
    recover();
    assertThat(groups.values()).isEqualTo("newnew");
  }

  @Test
  void locksOfWhatIsCanceledAreGivenUp() {
    groups.ledger.begin(begun);
    groups.prepare(dead);
    groups.ledger.cancel(begun);
    recover();
    assertThat(groups.values()).isEmpty();
  }

  @Test
  void locksOfWhichTheLedgerHasNoEntryAreGivenUp() {
    groups.prepare(dead);
    recover();
    assertThat(groups.values()).isEmpty();
  }

  @Test
  void locksWhoseTokenIsAnothersAreGivenUp() {
    Transaction next = new Transaction(groups.transaction("next").id(), dead.ledgerKey());
    groups.ledger.begin(Groups.begun(next));
    groups.prepare(dead);
    recover();
    assertThat(groups.values()).isEmpty();
    LedgerEntry entry = groups.entry(dead.ledgerKey());
    assertThat(entry == null ? null : entry.transaction()).isEqualTo(next);
  }

  @Test
  void locksOfWhatIsBegunAreGivenUpOnceTheLedgerSaysThatItIsCanceled() {
    groups.ledger.begin(begun);
    groups.prepare(dead);
    recover();
    assertThat(groups.values()).isEmpty();
    assertThat(groups.state(dead)).isEqualTo(State.CANCELED);
  }

  @Test
  void locksStayWhileTheLedgerDoesNotAnswer() {
    groups.ledger.begin(begun);
    groups.prepare(dead);
    groups.ledger.commit(begun, 1);
    groups.fail(request -> request.group() == ReservedGroups.LEDGER, Groups.Fate.UNAVAILABLE);
    CompletableFuture<Request> inA = groups.answered(request -> Groups.isFinishOf(request, A));
    groups.startRecovery();
    groups.pass(Recovery.AGE_MAX);
    while (groups.asked().stream().filter(Request.Read.class::isInstance).count() < 10) {
      Thread.onSpinWait();
    }
    assertThat(inA).isNotDone();
    groups.mend();
    inA.join();
  }

  // One group.

  @Test
  void aMarkOfWhichTheLedgerDoesNotKnowMakesItDoneAndGoes() {
    LedgerEntry alone = Groups.alone(dead);
    groups.ledger.begin(alone);
    groups.transact(alone);
    CompletableFuture<Request> unmarked = groups.answered(Request.Unmark.class::isInstance);
    groups.startBooks();
    groups.startRecovery();
    unmarked.join();
    assertThat(groups.state(dead)).isEqualTo(State.DONE);
    assertThat(groups.unsettled()).isEmpty();
    assertThat(groups.values()).isEqualTo("new");
  }

  @Test
  void aMarkOfWhichTheLedgerKnowsGoes() {
    LedgerEntry alone = Groups.alone(dead);
    groups.ledger.begin(alone);
    groups.transact(alone);
    groups.ledger.finished(List.of(dead));
    CompletableFuture<Request> unmarked = groups.answered(Request.Unmark.class::isInstance);
    groups.startRecovery();
    unmarked.join();
    assertThat(groups.unsettled()).isEmpty();
  }

  @Test
  void anEntryOfOneGroupWithoutAMarkIsCanceledForGood() {
    LedgerEntry alone = Groups.alone(dead);
    groups.ledger.begin(alone);
    CompletableFuture<Request> canceled = groups.answered(Request.Write.class::isInstance);
    groups.startRecovery();
    canceled.join();
    assertThat(groups.state(dead)).isEqualTo(State.CANCELED);
    assertThat(groups.transact(alone)).isInstanceOf(WriteOutcome.OtherEpoch.class);
  }

  // The ledger.

  @Test
  void anEntryThatIsCommittedIsFinishedEverywhere() {
    groups.ledger.begin(begun);
    groups.ledger.commit(begun, 1);
    CompletableFuture<Request> done = groups.answered(Request.Transact.class::isInstance);
    groups.startBooks();
    recover();
    done.join();
    assertThat(groups.state(dead)).isEqualTo(State.DONE);
  }

  @Test
  void anEntryOfSeveralGroupsThatWasOnlyBegunIsCanceled() {
    groups.ledger.begin(begun);
    recover();
    assertThat(groups.state(dead)).isEqualTo(State.CANCELED);
  }

  @Test
  void whatHasEndedIsForgottenAfterTenMinutes() {
    groups.ledger.begin(begun);
    groups.ledger.cancel(begun);
    long ended = groups.environment.clock().wallMillis();
    CompletableFuture<Request> forgotten = groups.answered(Request.Transact.class::isInstance);
    groups.startRecovery();
    forgotten.join();
    assertThat(groups.entry(dead.ledgerKey())).isNull();
    assertThat(Duration.ofMillis(groups.environment.clock().wallMillis() - ended))
        .isGreaterThanOrEqualTo(Ledger.KEPT);
  }
}
