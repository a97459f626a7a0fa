package dev.evenkeel.replica;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.wal.Log;
import dev.evenkeel.wal.LogPins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps the log short: when it has grown over its bound, makes the store durable and releases what
/// the store then holds.
final class Checkpoints implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Checkpoints.class.getName());

  /// For a member that lags the log is kept so many times longer.
  private static final int SPARE_FACTOR = 3;

  private final Environment environment;
  private final ItemStore store;
  private final Log log;
  private final Collection<StorageReplica> replicas;
  private final Set<Long> ended;
  private final StorageOptions options;

  /// Held while a checkpoint is taken.
  private final ReentrantLock taking = new ReentrantLock();

  /// A log that is long since another replica lags brings no checkpoint on until it grows.
  private int keptSegments;

  private volatile boolean closed;
  private volatile boolean wanted;

  /// @param replicas a live view
  /// @param ended groups that are no more; a group is taken out when the log has let go of it
  Checkpoints(
      NodeParts node,
      Collection<StorageReplica> replicas,
      Set<Long> ended,
      StorageOptions options) {
    this.environment = node.environment();
    this.store = node.store();
    this.log = node.log();
    this.replicas = replicas;
    this.ended = ended;
    this.options = options;
  }

  void start() {
    environment.tasks().fork("checkpoints", this::run);
  }

  /// Takes one soon, however short the log is.
  void want() {
    wanted = true;
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
        int segments = log.liveSegments();
        boolean isLong = segments > options.logSegmentsMax();
        if (wanted || (isLong && segments > keptSegments)) {
          wanted = false;
          checkpointUnlessClosed();
        }
        keptSegments = isLong ? Math.max(keptSegments, segments) : 0;
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

  /// What was applied before the flush began is durable when it has finished.
  private void checkpoint() {
    record Prepared(StoreProgress progress, CompletableFuture<StoreProgress.Saved> saved) {}
    LogPins pins = log.pins(options.logSegmentsMax()).join();
    Set<Long> pinning = new HashSet<>(pins.groups());
    List<Prepared> prepared = new ArrayList<>();
    List<Long> endedBefore = new ArrayList<>(ended);
    for (StorageReplica replica : replicas) {
      StoreProgress progress = replica.progress();
      if (progress.isUnsaved() || progress.awaitsFlush() || pinning.contains(replica.group())) {
        prepared.add(new Prepared(progress, progress.save()));
      }
    }
    try {
      prepared.forEach(each -> each.saved.join());
      store.flush();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "checkpoint put off: " + e.getMessage());
      return;
    }
    boolean mustShrink = log.liveSegments() > SPARE_FACTOR * options.logSegmentsMax();
    prepared.forEach(each -> each.progress.flushed(each.saved.join(), pins.segment(), mustShrink));
    endedBefore.forEach(log::drop);
    endedBefore.forEach(ended::remove);
  }
}
