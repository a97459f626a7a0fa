package dev.evenkeel.rpc;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// What waits for one receiver in the same process: a serial executor with a bound.
final class Inbox {
  private final Executor executor;
  private final int waitingMax;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  Inbox(Executor executor, int waitingMax) {
    this.executor = executor;
    this.waitingMax = waitingMax;
  }

  /// False when too much waits; then the task is dropped.
  boolean offer(Runnable task) {
    if (waiting.incrementAndGet() > waitingMax) {
      waiting.decrementAndGet();
      return false;
    }
    executor.execute(() -> {
      waiting.decrementAndGet();
      run(task);
    });
    return true;
  }

  /// Takes the task in any case: an answer, whose number the caller's own calls bound, or news of a
  /// peer.
  void add(Runnable task) {
    executor.execute(() -> run(task));
  }

  /// Drops what waits and what comes.
  void close() {
    closed = true;
  }

  private void run(Runnable task) {
    if (!closed) {
      task.run();
    }
  }
}
