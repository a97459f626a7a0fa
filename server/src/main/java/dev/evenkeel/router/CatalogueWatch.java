package dev.evenkeel.router;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import java.time.Duration;

/// Brings the catalogue's view up to date when another node has changed it.
public final class CatalogueWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);

  /// A node without a replica of the system partition looks this often.
  private static final int LOOKS_WITHOUT_REPLICA = 20;

  private final Tasks tasks;
  private final StorageNode node;
  private final Catalogue catalogue;
  private volatile boolean closed;

  public CatalogueWatch(Tasks tasks, StorageNode node, Catalogue catalogue) {
    this.tasks = tasks;
    this.node = node;
    this.catalogue = catalogue;
  }

  public void start() {
    tasks.fork("catalogue-watch", this::run);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      long seen = -1;
      for (int looks = 0; !closed; looks++) {
        tasks.pause(LOOK);
        StorageReplica system = node.replica(SystemPartition.ID);
        boolean knows = system != null && system.state().isServing();
        long applied = knows && system != null ? system.state().appliedSlot() : -1;
        boolean due = knows ? applied != seen : looks % LOOKS_WITHOUT_REPLICA == 0;
        if (due && refresh()) {
          seen = applied;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean refresh() {
    try {
      catalogue.refresh();
      return true;
    } catch (ApiException _) {
      // The system partition has no leader now; the next look comes.
      return false;
    }
  }
}
