package dev.evenkeel.transaction;

import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.util.function.LongPredicate;

/// Finds out what became of a transaction, and brings it to its end: for whoever comes after its
/// coordinator. Repeatable, and done by several at once without harm. All methods block.
final class Settlement {
  private final Partitions partitions;
  private final Ledger ledger;
  private final Bookkeeping books;
  private final Probes probes;
  private final LongPredicate exists;

  /// @param exists whether there is a table of that group, as far as this node knows
  Settlement(
      Partitions partitions,
      Ledger ledger,
      Bookkeeping books,
      Probes probes,
      LongPredicate exists) {
    this.partitions = partitions;
    this.ledger = ledger;
    this.books = books;
    this.probes = probes;
    this.exists = exists;
  }

  /// @param ends whether one that is only begun is to be given up
  /// @return its state: `DONE` only if every group has finished
  State settle(LedgerEntry entry, boolean ends) {
    return switch (entry.state()) {
      case DONE, CANCELED -> entry.state();
      case COMMITTED -> finish(entry);
      case BEGUN -> entry.alone() ? askMark(entry, ends) : ends ? cancel(entry) : State.BEGUN;
    };
  }

  private State askMark(LedgerEntry entry, boolean ends) {
    long group = entry.groups().getFirst();
    WriteOutcome outcome = partitions.change(new Request.AskMark(group, entry.mark(), ends));
    if (outcome instanceof WriteOutcome.Happened(boolean happened)) {
      if (happened) {
        books.finished(entry);
        return State.DONE;
      }
      return ends ? cancel(entry) : State.BEGUN;
    }
    return ends && !exists.test(group) ? cancel(entry) : State.BEGUN;
  }

  /// Has the ledger say that it does not happen, unless it says otherwise already.
  State cancel(LedgerEntry entry) {
    WriteOutcome outcome = ledger.cancel(entry);
    if (outcome instanceof WriteOutcome.Applied) {
      probes.hit("transaction.given-up");
      giveUp(entry);
      return State.CANCELED;
    }
    if (!(outcome instanceof WriteOutcome.ConditionFailed(var item))) {
      return State.BEGUN;
    }
    LedgerEntry now = item == null ? null : LedgerEntry.of(item);
    if (now == null || !now.isOf(entry.transaction())) {
      // It had ended, and its entry is gone.
      return State.CANCELED;
    }
    return now.state() == State.COMMITTED ? finish(now) : now.state();
  }

  /// Unlocks what it has locked; what is not reached, [Recovery] finds.
  void giveUp(LedgerEntry entry) {
    if (!entry.alone()) {
      partitions.changes(
          entry.groups(), group -> new Request.Finish(group, entry.transaction().id(), false, 0));
    }
  }

  /// Finishes in every group what is committed.
  State finish(LedgerEntry entry) {
    boolean all = true;
    for (var answer :
        partitions
            .changes(
                entry.groups(),
                group ->
                    new Request.Finish(group, entry.transaction().id(), true, entry.commitMicros()))
            .entrySet()) {
      all &= answer.getValue() instanceof WriteOutcome.Applied || !exists.test(answer.getKey());
    }
    if (!all) {
      return State.COMMITTED;
    }
    books.finished(entry);
    return State.DONE;
  }
}
