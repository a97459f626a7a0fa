package dev.evenkeel.autoadmin;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.router.SystemPartition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Opens the partition of the transactions' ledger when the region begins: done by whoever leads
/// the system partition, which knows a node in each zone; repeatable, like the opening of a table's
/// partition.
public final class LedgerOpening implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(LedgerOpening.class.getName());
  private static final Duration LOOK = Duration.ofMillis(50);

  private final List<StorageNode> here;
  private final Partitions partitions;
  private final Tasks tasks;
  private volatile boolean closed;

  /// @param here the storage nodes of this process
  public LedgerOpening(List<StorageNode> here, Partitions partitions, Tasks tasks) {
    this.here = List.copyOf(here);
    this.partitions = partitions;
    this.tasks = tasks;
  }

  /// Starts the loop, which ends when the partition has a leader; returns at once.
  public void start() {
    tasks.fork("ledger-opening", this::run);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed && !isThere()) {
        if (leadsSystem()) {
          open();
        }
        tasks.pause(LOOK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isThere() {
    for (StorageNode node : here) {
      StorageReplica replica = node.replica(ReservedGroups.LEDGER);
      if (node.routes().find(ReservedGroups.LEDGER) != null
          || (replica != null && replica.serves())) {
        return true;
      }
    }
    return false;
  }

  private boolean leadsSystem() {
    for (StorageNode node : here) {
      StorageReplica system = node.replica(SystemPartition.ID);
      if (system != null && system.serves()) {
        return true;
      }
    }
    return false;
  }

  private void open() throws InterruptedException {
    try {
      partitions.create(ReservedGroups.LEDGER);
    } catch (IOException | ApiException e) {
      // Tried again at the next look.
      LOGGER.log(System.Logger.Level.INFO, "the ledger of transactions waits: " + e.getMessage());
    }
  }
}
