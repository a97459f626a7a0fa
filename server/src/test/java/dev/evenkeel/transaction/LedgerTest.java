package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// *begun* → *committed* → *done*, or *begun* → *canceled*, each step on the entry's transaction
/// and state.
class LedgerTest {
  private static final long COMMIT_MICROS = 1_700_000_000_000_000L;

  @RegisterExtension final Groups groups = new Groups();
  private final Ledger ledger = groups.ledger;
  private final Transaction one = groups.transaction("one");
  private final Transaction other = groups.transaction("other");

  private LedgerEntry begin(Transaction transaction) {
    LedgerEntry entry = Groups.begun(transaction);
    assertThat(ledger.begin(entry)).isInstanceOf(WriteOutcome.Applied.class);
    return entry;
  }

  private static void requireNotDone(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(WriteOutcome.ConditionFailed.class);
  }

  @Test
  void aTransactionThatBeginsIsWrittenDown() {
    LedgerEntry entry = begin(one);
    assertThat(groups.entry(one.ledgerKey())).isEqualTo(entry);
    assertThat(groups.entry(other.ledgerKey())).isNull();
  }

  @Test
  void aKeyIsOfOneTransactionUntilThatIsCanceled() {
    LedgerEntry entry = begin(one);
    LedgerEntry second = Groups.begun(new Transaction(other.id(), one.ledgerKey()));
    assertThat(ledger.begin(second))
        .isInstanceOfSatisfying(
            WriteOutcome.ConditionFailed.class,
            met -> assertThat(met.item()).isEqualTo(entry.item()));
    ledger.cancel(entry);
    assertThat(ledger.begin(second)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(groups.entry(one.ledgerKey())).isEqualTo(second);
  }

  @Test
  void aCommittedOrFinishedTransactionKeepsItsKey() {
    LedgerEntry entry = begin(one);
    ledger.commit(entry, COMMIT_MICROS);
    requireNotDone(ledger.begin(Groups.begun(new Transaction(other.id(), one.ledgerKey()))));
    ledger.finished(List.of(one));
    requireNotDone(ledger.begin(Groups.begun(new Transaction(other.id(), one.ledgerKey()))));
  }

  @Test
  void aCommitSaysWhen() {
    LedgerEntry entry = begin(one);
    assertThat(ledger.commit(entry, COMMIT_MICROS)).isInstanceOf(WriteOutcome.Applied.class);
    assertThat(groups.entry(one.ledgerKey())).isEqualTo(entry.committed(COMMIT_MICROS));
  }

  @Test
  void whatIsDecidedStays() {
    LedgerEntry committed = begin(one);
    ledger.commit(committed, COMMIT_MICROS);
    requireNotDone(ledger.cancel(committed));
    requireNotDone(ledger.commit(committed, COMMIT_MICROS + 1));
    assertThat(groups.entry(one.ledgerKey())).isEqualTo(committed.committed(COMMIT_MICROS));

    LedgerEntry canceled = begin(other);
    ledger.cancel(canceled);
    requireNotDone(ledger.commit(canceled, COMMIT_MICROS));
    requireNotDone(ledger.cancel(canceled));
    assertThat(groups.state(other)).isEqualTo(State.CANCELED);
  }

  @Test
  void aTransactionDecidesOnItsOwnEntryOnly() {
    begin(one);
    LedgerEntry foreign = Groups.begun(new Transaction(other.id(), one.ledgerKey()));
    requireNotDone(ledger.commit(foreign, COMMIT_MICROS));
    requireNotDone(ledger.cancel(foreign));
    assertThat(ledger.finished(List.of(foreign.transaction()))).isEmpty();
    assertThat(groups.state(one)).isEqualTo(State.BEGUN);
  }

  @Test
  void whatHasHappenedIsDoneAndWhatWasCanceledIsNot() {
    LedgerEntry committed = begin(one);
    ledger.commit(committed, COMMIT_MICROS);
    LedgerEntry canceled = begin(other);
    ledger.cancel(canceled);
    Transaction alone = groups.transaction("alone");
    ledger.begin(Groups.alone(alone));
    Transaction unknown = groups.transaction("unknown");

    assertThat(ledger.finished(List.of(one, other, alone, unknown))).containsExactly(one, alone);
    assertThat(groups.state(one)).isEqualTo(State.DONE);
    assertThat(groups.state(other)).isEqualTo(State.CANCELED);
    assertThat(groups.state(alone)).isEqualTo(State.DONE);
    assertThat(groups.entry(unknown.ledgerKey())).isNull();
  }

  @Test
  void onlyWhatHasEndedIsForgotten() {
    begin(one);
    LedgerEntry committed = begin(other);
    ledger.commit(committed, COMMIT_MICROS);
    ledger.forget(List.of(one, other));
    assertThat(groups.state(one)).isEqualTo(State.BEGUN);
    assertThat(groups.state(other)).isEqualTo(State.COMMITTED);

    ledger.finished(List.of(other));
    ledger.cancel(Groups.begun(one));
    ledger.forget(List.of(one, other));
    assertThat(groups.entry(one.ledgerKey())).isNull();
    assertThat(groups.entry(other.ledgerKey())).isNull();
  }

  @Test
  void whatIsLeftIsAllThatHasNotEndedAndWhatEndedLongAgo() {
    begin(one);
    LedgerEntry committed = begin(other);
    ledger.commit(committed, COMMIT_MICROS);
    Transaction ended = groups.transaction("ended");
    long before = groups.environment.clock().wallMillis();
    ledger.cancel(begin(ended));

    assertThat(left(before)).containsExactlyInAnyOrder(one, other);
    groups.pass(Duration.ofMinutes(1));
    assertThat(left(before + 30_000)).containsExactlyInAnyOrder(one, other, ended);
  }

  /// By pages of one entry.
  private List<Transaction> left(long beforeMillis) {
    List<Transaction> all = new ArrayList<>();
    Ledger.Leavings page = ledger.leavings(null, beforeMillis, 1);
    page.entries().forEach(entry -> all.add(entry.transaction()));
    while (page.next() != null) {
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(1);
      page = ledger.leavings(page.next(), beforeMillis, 1);
      page.entries().forEach(entry -> all.add(entry.transaction()));
    }
    return all;
  }

  @Test
  void aLedgerThatDoesNotAnswerIsNoEmptyLedger() {
    begin(one);
    groups.fail(Request.Read.class::isInstance, Groups.Fate.UNAVAILABLE);
    assertThat(ledger.read(one.ledgerKey())).isInstanceOf(Ledger.Found.Failed.class);
    groups.fail(Request.Transact.class::isInstance, Groups.Fate.REQUEST_LOST);
    assertThat(ledger.finished(List.of(one))).isEmpty();
  }
}
