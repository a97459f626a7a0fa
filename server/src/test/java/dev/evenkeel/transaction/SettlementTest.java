package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.Mark;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What whoever comes after a coordinator makes of its transaction.
class SettlementTest {
  private static final long A = Groups.A.id();
  private static final long B = Groups.B.id();

  @RegisterExtension final Groups groups = new Groups();
  private final Settlement settlement = groups.settlement;
  private final Transaction one = groups.transaction("one");
  private final LedgerEntry begun = Groups.begun(one);

  /// Begun, and prepared in both groups.
  private void prepare() {
    groups.ledger.begin(begun);
    groups.prepare(one);
    assertThat(groups.unsettled()).hasSize(2);
  }

  private LedgerEntry commit() {
    prepare();
    groups.ledger.commit(begun, 1);
    return begun.committed(1);
  }

  @Test
  void whatIsCommittedIsFinishedInEveryGroup() {
    LedgerEntry committed = commit();
    assertThat(settlement.settle(committed, false)).isEqualTo(State.DONE);
    assertThat(groups.values()).isEqualTo("newnew");
    assertThat(groups.unsettled()).isEmpty();
  }

  @Test
  void whatIsFinishedAgainChangesNothing() {
    LedgerEntry committed = commit();
    settlement.settle(committed, false);
    groups.partitions.change(
        new Request.Transact(A, null, List.of(Groups.put(Groups.A, "a", "later"))));
    assertThat(settlement.settle(committed, true)).isEqualTo(State.DONE);
    assertThat(groups.values()).isEqualTo("laternew");
  }

  @Test
  void aGroupThatDoesNotAnswerKeepsItCommitted() {
    LedgerEntry committed = commit();
    groups.fail(request -> Groups.isFinishOf(request, B), Groups.Fate.REQUEST_LOST);
    assertThat(settlement.settle(committed, true)).isEqualTo(State.COMMITTED);
    assertThat(groups.values()).isEqualTo("new");
    groups.mend();
    assertThat(settlement.settle(committed, true)).isEqualTo(State.DONE);
    assertThat(groups.values()).isEqualTo("newnew");
  }

  @Test
  void aGroupWhoseTableIsGoneCountsAsFinished() {
    LedgerEntry committed = commit();
    groups.fail(request -> Groups.isFinishOf(request, B), Groups.Fate.REQUEST_LOST);
    groups.drop(B);
    assertThat(settlement.settle(committed, true)).isEqualTo(State.DONE);
  }

  @Test
  void whatIsBegunIsLeftAloneUntilItIsOld() {
    prepare();
    assertThat(settlement.settle(begun, false)).isEqualTo(State.BEGUN);
    assertThat(groups.state(one)).isEqualTo(State.BEGUN);
    assertThat(groups.unsettled()).hasSize(2);
  }

  @Test
  void whatIsBegunAndOldIsCanceledAndThenUnlockedEverywhere() {
    prepare();
    assertThat(settlement.settle(begun, true)).isEqualTo(State.CANCELED);
    assertThat(groups.state(one)).isEqualTo(State.CANCELED);
    assertThat(groups.unsettled()).isEmpty();
    assertThat(groups.values()).isEmpty();
  }

  @Test
  void whoCancelsTooLateFinishes() {
    commit();
    assertThat(settlement.cancel(begun)).isEqualTo(State.DONE);
    assertThat(groups.values()).isEqualTo("newnew");
  }

  @Test
  void nothingIsUnlockedWhileTheLedgerDoesNotSayThatItIsCanceled() {
    prepare();
    groups.fail(Request.Write.class::isInstance, Groups.Fate.REQUEST_LOST);
    assertThat(settlement.cancel(begun)).isEqualTo(State.BEGUN);
    assertThat(groups.unsettled()).hasSize(2);
  }

  @Test
  void anEntryThatIsGoneOrAnothersHasEnded() {
    assertThat(settlement.cancel(begun)).isEqualTo(State.CANCELED);
    LedgerEntry other =
        Groups.begun(new Transaction(groups.transaction("other").id(), one.ledgerKey()));
    groups.ledger.begin(other);
    assertThat(settlement.cancel(begun)).isEqualTo(State.CANCELED);
    assertThat(groups.entry(one.ledgerKey())).isEqualTo(other);
  }

  // One group.

  @Test
  void aMarkTellsThatItHasHappened() {
    LedgerEntry alone = Groups.alone(one);
    groups.ledger.begin(alone);
    groups.transact(alone);
    assertThat(settlement.settle(alone, true)).isEqualTo(State.DONE);
  }

  @Test
  void withoutAMarkItMayHappenYet() {
    LedgerEntry alone = Groups.alone(one);
    groups.ledger.begin(alone);
    assertThat(settlement.settle(alone, false)).isEqualTo(State.BEGUN);
    assertThat(groups.transact(alone)).isInstanceOf(WriteOutcome.Transacted.class);
  }

  @Test
  void whatWasGivenUpDoesNotHappenLater() {
    LedgerEntry alone = Groups.alone(one);
    groups.ledger.begin(alone);
    assertThat(settlement.settle(alone, true)).isEqualTo(State.CANCELED);
    assertThat(groups.transact(alone)).isInstanceOf(WriteOutcome.OtherEpoch.class);
    assertThat(groups.values()).isEmpty();
  }

  @Test
  void itIsNotCanceledBeforeItsGroupHasSaidThatItWillNotHappen() {
    LedgerEntry alone = Groups.alone(one);
    groups.ledger.begin(alone);
    groups.fail(Request.AskMark.class::isInstance, Groups.Fate.REQUEST_LOST);
    assertThat(settlement.settle(alone, true)).isEqualTo(State.BEGUN);
    assertThat(groups.state(one)).isEqualTo(State.BEGUN);
    groups.drop(A);
    assertThat(settlement.settle(alone, true)).isEqualTo(State.CANCELED);
    assertThat(groups.asked())
        .filteredOn(Request.AskMark.class::isInstance)
        .contains(new Request.AskMark(A, new Mark(one, 0), true));
  }
}
