package dev.evenkeel.replica;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.wal.Log;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps the log short: when it has grown over its bound, makes the store durable and releases what
/// the store then holds.
final class Checkpoints implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Checkpoints.class.getName());

  private final Environment environment;
  private final ItemStore store;
  private final Log log;
  private final Collection<StorageReplica> replicas;
  private final Set<Long> ended;
  private final StorageOptions options;

  /// Held while a checkpoint is taken.
  private final ReentrantLock taking = new ReentrantLock();

  private volatile boolean closed;

  /// @param replicas a live view
  /// @param ended groups that are no more; a group is taken out when the log has let go of it
  Checkpoints(
      Environment environment,
      ItemStore store,
      Log log,
      Collection<StorageReplica> replicas,
      Set<Long> ended,
      StorageOptions options) {
    this.environment = environment;
    this.store = store;
    this.log = log;
    this.replicas = replicas;
    this.ended = ended;
    this.options = options;
  }

  void start() {
    environment.tasks().fork("checkpoints", this::run);
  }

  /// Returns when no checkpoint is being taken, nor will be.
  @Override
  public void close() {
    taking.lock();
    try {
      closed = true;
    } finally {
      taking.unlock();
    }
  }

  private void run() {
    try {
      while (!closed) {
        environment.tasks().pause(options.checkpointInterval());
        if (log.liveSegments() > options.logSegmentsMax()) {
          checkpointUnlessClosed();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkpointUnlessClosed() {
    taking.lock();
    try {
      if (!closed) {
        checkpoint();
      }
    } finally {
      taking.unlock();
    }
  }

  /// A slot that was applied before the flush began is durable when it has finished.
  private void checkpoint() {
    record Applied(StorageReplica replica, long slot) {}
    List<Applied> applied = new ArrayList<>();
    List<Long> endedBefore = new ArrayList<>(ended);
    replicas.forEach(replica -> applied.add(new Applied(replica, replica.state().appliedSlot())));
    try {
      store.flush();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "checkpoint put off: " + e.getMessage());
      return;
    }
    applied.forEach(each -> each.replica.release(each.slot));
    endedBefore.forEach(log::drop);
    endedBefore.forEach(ended::remove);
  }
}
