package dev.evenkeel.transaction;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/// What is written down after the caller has his answer, many transactions at a time: that they
/// have happened everywhere, and that marks may go. What is lost with a crash, [Recovery] makes up
/// for.
final class Bookkeeping implements AutoCloseable {
  /// Transactions in one entry.
  private static final int BATCH_MAX = 100;

  /// Those that wait at most; what comes beyond is left to [Recovery].
  private static final int QUEUE_MAX = 20_000;

  /// So that entries gather a few.
  private static final Duration REST = Duration.ofMillis(20);

  private final Tasks tasks;
  private final Partitions partitions;
  private final Ledger ledger;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Deque<Finished> queue = new ArrayDeque<>();

  private volatile CompletableFuture<Void> more = new CompletableFuture<>();
  private volatile boolean closed;

  /// @param marked the group in which it left a mark; 0 for none
  private record Finished(Transaction transaction, long marked) {}

  Bookkeeping(Tasks tasks, Partitions partitions, Ledger ledger) {
    this.tasks = tasks;
    this.partitions = partitions;
    this.ledger = ledger;
  }

  void start() {
    tasks.fork("transaction-bookkeeping", this::run);
  }

  @Override
  public void close() {
    closed = true;
    more.complete(null);
  }

  /// The transaction has happened everywhere.
  void finished(LedgerEntry entry) {
    lock.lock();
    try {
      if (queue.size() < QUEUE_MAX) {
        queue.add(new Finished(entry.transaction(), entry.alone() ? entry.groups().getFirst() : 0));
      }
    } finally {
      lock.unlock();
    }
    more.complete(null);
  }

  private void run() {
    try {
      while (!closed) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        more = next;
        List<Finished> batch = take();
        if (batch.isEmpty()) {
          next.get();
          tasks.pause(REST);
        } else {
          write(batch);
        }
      }
    } catch (InterruptedException _) {
      // The environment shuts down.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wake-up cannot fail", e);
    }
  }

  private List<Finished> take() {
    lock.lock();
    try {
      SequencedMap<Transaction, Finished> batch = new LinkedHashMap<>();
      while (batch.size() < BATCH_MAX && !queue.isEmpty()) {
        Finished each = queue.remove();
        batch.put(each.transaction, each);
      }
      return List.copyOf(batch.sequencedValues());
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Finished> batch) {
    Set<Transaction> known =
        new LinkedHashSet<>(ledger.finished(batch.stream().map(Finished::transaction).toList()));
    Map<Long, List<TransactionId>> marks = new LinkedHashMap<>();
    for (Finished each : batch) {
      if (each.marked != 0 && known.contains(each.transaction)) {
        marks.computeIfAbsent(each.marked, _ -> new ArrayList<>()).add(each.transaction.id());
      }
    }
    partitions.changes(
        List.copyOf(marks.keySet()),
        group -> new Request.Unmark(group, marks.getOrDefault(group, List.of())));
  }
}
