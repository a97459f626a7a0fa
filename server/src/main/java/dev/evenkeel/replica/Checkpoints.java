package dev.evenkeel.replica;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.wal.Log;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Keeps the log short: when it has grown over its bound, makes the store durable and releases what
/// the store then holds.
final class Checkpoints implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Checkpoints.class.getName());

  private final Environment environment;
  private final ItemStore store;
  private final Log log;
  private final Collection<StorageReplica> replicas;
  private final StorageOptions options;
  private volatile boolean closed;

  /// @param replicas a live view
  Checkpoints(
      Environment environment,
      ItemStore store,
      Log log,
      Collection<StorageReplica> replicas,
      StorageOptions options) {
    this.environment = environment;
    this.store = store;
    this.log = log;
    this.replicas = replicas;
    this.options = options;
  }

  void start() {
    environment.tasks().fork("checkpoints", this::run);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        environment.tasks().pause(options.checkpointInterval());
        if (!closed && log.liveSegments() > options.logSegmentsMax()) {
          checkpoint();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A slot that was applied before the flush began is durable when it has finished.
  private void checkpoint() {
    record Applied(StorageReplica replica, long slot) {}
    List<Applied> applied = new ArrayList<>();
    replicas.forEach(replica -> applied.add(new Applied(replica, replica.state().appliedSlot())));
    try {
      store.flush();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "checkpoint put off: " + e.getMessage());
      return;
    }
    applied.forEach(each -> each.replica.release(each.slot));
  }
}
