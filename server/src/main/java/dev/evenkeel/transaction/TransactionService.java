package dev.evenkeel.transaction;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.telemetry.Telemetry;
import java.util.List;
import java.util.function.LongPredicate;

/// The transactions of one node: a coordinator, and the loops that clean up behind all of them.
public final class TransactionService implements AutoCloseable {
  private final Coordinator coordinator;
  private final Bookkeeping books;
  private final Recovery recovery;

  private TransactionService(Coordinator coordinator, Bookkeeping books, Recovery recovery) {
    this.coordinator = coordinator;
    this.books = books;
    this.recovery = recovery;
  }

  /// Does nothing before [#start] but what is asked of its coordinator.
  ///
  /// @param nodes the storage nodes in this process
  /// @param exists whether there is a table of that group, as far as this node knows
  public static TransactionService of(
      Environment environment,
      Telemetry telemetry,
      List<StorageNode> nodes,
      RequestRouter router,
      LongPredicate exists) {
    Partitions partitions = new Partitions(router);
    Ledger ledger = new Ledger(partitions, router, environment.clock());
    Bookkeeping books = new Bookkeeping(environment.tasks(), partitions, ledger);
    Settlement settlement = new Settlement(partitions, ledger, books, telemetry.probes(), exists);
    Coordinator coordinator =
        new Coordinator(environment, partitions, ledger, settlement, books, telemetry.probes());
    Recovery recovery =
        new Recovery(environment, nodes, partitions, ledger, settlement, telemetry.probes());
    return new TransactionService(coordinator, books, recovery);
  }

  /// Starts the loops; returns at once.
  public void start() {
    books.start();
    recovery.start();
  }

  public Coordinator coordinator() {
    return coordinator;
  }

  /// Ends the loops after what they are at.
  @Override
  public void close() {
    books.close();
    recovery.close();
  }
}
