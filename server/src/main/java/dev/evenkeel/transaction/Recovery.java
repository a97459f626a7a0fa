package dev.evenkeel.transaction;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionId;
import dev.evenkeel.replica.Unsettled;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Finishes what coordinators have left: one loop a node, that looks at the locks of the partitions
/// that lead here, and at the ledger if that does. Costs nothing where nothing is left.
final class Recovery implements AutoCloseable {
  /// A transaction that is older is finished, or given up, by whoever finds it.
  static final Duration AGE_MAX = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(250);

  /// Looks from one walk through the ledger to the next.
  private static final int LOOKS_A_WALK = 20;

  private static final int ENTRIES_A_PAGE = 1_000;

  private final Environment environment;
  private final List<StorageNode> nodes;
  private final Partitions partitions;
  private final Ledger ledger;
  private final Settlement settlement;
  private final Probes probes;
  private volatile boolean closed;

  // Of the loop only.

  /// Since when what is left in each group has been seen.
  private final Map<Long, Ages> locks = new HashMap<>();

  /// Since when entries that have not ended have been seen in the ledger.
  private final Ages begun;

  private final SteadyTime steady;

  /// Those that this walk through the ledger has met.
  private final List<TransactionId> walked = new ArrayList<>();

  /// Where the walk through the ledger goes on; null at its beginning.
  private byte @Nullable [] next;

  private int looks;

  Recovery(
      Environment environment,
      List<StorageNode> nodes,
      Partitions partitions,
      Ledger ledger,
      Settlement settlement,
      Probes probes) {
    this.environment = environment;
    this.nodes = List.copyOf(nodes);
    this.partitions = partitions;
    this.ledger = ledger;
    this.settlement = settlement;
    this.probes = probes;
    this.begun = new Ages(environment.clock());
    this.steady = new SteadyTime(environment.clock());
  }

  void start() {
    environment.tasks().fork("transaction-recovery", this::run);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        environment.tasks().pause(LOOK);
        for (StorageNode node : nodes) {
          for (StorageReplica replica : node.replicas()) {
            if (!closed && replica.serves()) {
              look(replica);
            }
          }
        }
      }
    } catch (InterruptedException _) {
      // The environment shuts down.
      Thread.currentThread().interrupt();
    }
  }

  private void look(StorageReplica replica) throws InterruptedException {
    List<TransactionId> marks = new ArrayList<>();
    List<Unsettled> all = unsettled(replica);
    Ages seen = locks.computeIfAbsent(replica.group(), _ -> new Ages(environment.clock()));
    seen.keep(all.stream().map(left -> left.transaction().id()).toList());
    for (Unsettled left : all) {
      if (closed) {
        return;
      }
      if (seen.isOld(left.transaction().id(), AGE_MAX) && settle(replica.group(), left)) {
        marks.add(left.transaction().id());
      }
    }
    if (!marks.isEmpty()) {
      partitions.change(new Request.Unmark(replica.group(), marks));
    }
    if (replica.group() == ReservedGroups.LEDGER) {
      walk();
    }
  }

  private List<Unsettled> unsettled(StorageReplica replica) throws InterruptedException {
    CompletableFuture<List<Unsettled>> all = new CompletableFuture<>();
    replica.unsettled(Long.MAX_VALUE, all::complete);
    try {
      return all.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes this future with a failure", e);
    }
  }

  /// @return whether it is a mark of which the ledger knows
  private boolean settle(long group, Unsettled left) {
    Transaction transaction = left.transaction();
    if (!(ledger.read(transaction.ledgerKey()) instanceof Ledger.Found.Entry(var entry))) {
      return false;
    }
    boolean isIts = entry != null && entry.isOf(transaction);
    if (left.kind() == Unsettled.Kind.MARK) {
      if (isIts && entry.state() == State.BEGUN) {
        settlement.settle(entry, false);
        return false;
      }
      return true;
    }
    State state = isIts ? entry.state() : State.CANCELED;
    if (isIts && state == State.BEGUN) {
      settlement.settle(entry, true);
    } else {
      boolean commits = state == State.COMMITTED || state == State.DONE;
      long micros = commits && entry != null ? entry.commitMicros() : 0;
      probes.hit(commits ? "transaction.lock-committed" : "transaction.lock-given-up");
      partitions.change(new Request.Finish(group, transaction.id(), commits, micros));
    }
    return false;
  }

  /// Takes the walk through the ledger one page further.
  private void walk() {
    if (next == null && ++looks < LOOKS_A_WALK) {
      return;
    }
    looks = 0;
    Ledger.Leavings page;
    try {
      page = ledger.leavings(next, steady.longAgoMillis(Ledger.KEPT), ENTRIES_A_PAGE);
    } catch (ApiException _) {
      // The ledger does not answer; the next look comes.
      return;
    }
    List<Transaction> ended = new ArrayList<>();
    for (LedgerEntry entry : page.entries()) {
      switch (entry.state()) {
        case DONE, CANCELED -> ended.add(entry.transaction());
        case BEGUN, COMMITTED -> {
          TransactionId id = entry.transaction().id();
          walked.add(id);
          begun.see(id);
          if (begun.isOld(id, AGE_MAX)) {
            probes.hit("transaction.entry-settled");
            settlement.settle(entry, true);
          }
        }
      }
    }
    for (int from = 0; from < ended.size(); from += Limits.TRANSACTION_ACTIONS_MAX) {
      int to = Math.min(ended.size(), from + Limits.TRANSACTION_ACTIONS_MAX);
      ledger.forget(ended.subList(from, to));
    }
    next = page.next();
    if (next == null) {
      begun.keep(walked);
      walked.clear();
    }
  }
}
