package dev.evenkeel.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is written down after the callers have their answers.
class BookkeepingTest {
  @RegisterExtension final Groups groups = new Groups();

  private LedgerEntry happened(String token) {
    LedgerEntry entry = Groups.alone(groups.transaction(token));
    groups.ledger.begin(entry);
    groups.partitions.change(
        new Request.Transact(
            Groups.A.id(), entry.mark(), List.of(Groups.put(Groups.A, token, "new"))));
    return entry;
  }

  @Test
  void manyTransactionsAreDoneWithOneEntryAndThenTheirMarksGo() {
    List<LedgerEntry> entries = List.of(happened("a"), happened("b"), happened("c"));
    assertThat(groups.unsettled()).hasSize(3);
    entries.forEach(groups.books::finished);
    CompletableFuture<Request> unmarked = groups.answered(Request.Unmark.class::isInstance);
    groups.asked().clear();
    groups.startBooks();

    assertThat(unmarked.join())
        .isEqualTo(
            new Request.Unmark(
                Groups.A.id(), entries.stream().map(entry -> entry.transaction().id()).toList()));
    assertThat(entries).allMatch(entry -> groups.state(entry.transaction()) == State.DONE);
    assertThat(groups.unsettled()).isEmpty();
    assertThat(groups.asked()).filteredOn(Request.Transact.class::isInstance).hasSize(1);
  }

  @Test
  void aMarkStaysUntilTheLedgerKnows() {
    LedgerEntry known = happened("known");
    LedgerEntry unknown = happened("unknown");
    groups.ledger.cancel(unknown);
    groups.books.finished(unknown);
    groups.books.finished(known);
    CompletableFuture<Request> unmarked = groups.answered(Request.Unmark.class::isInstance);
    groups.startBooks();

    assertThat(unmarked.join())
        .isEqualTo(new Request.Unmark(Groups.A.id(), List.of(known.transaction().id())));
    assertThat(groups.unsettled())
        .extracting(left -> left.transaction())
        .containsExactly(unknown.transaction());
    assertThat(groups.state(unknown.transaction())).isEqualTo(State.CANCELED);
  }

  @Test
  void whatHasSeveralGroupsHasNoMark() {
    Transaction transaction = groups.transaction("several");
    LedgerEntry entry = Groups.begun(transaction);
    groups.ledger.begin(entry);
    groups.ledger.commit(entry, 1);
    groups.books.finished(entry.committed(1));
    CompletableFuture<Request> written = groups.answered(Request.Transact.class::isInstance);
    groups.startBooks();
    written.join();
    assertThat(groups.state(transaction)).isEqualTo(State.DONE);
    assertThat(groups.asked()).noneMatch(Request.Unmark.class::isInstance);
  }
}
