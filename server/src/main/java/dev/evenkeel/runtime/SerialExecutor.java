package dev.evenkeel.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs its tasks one at a time, in order, on the threads that bring them.
///
/// `waiting` counts the tasks that were given and have not ended. Whoever raises it from 0 runs:
/// its own task, then those that others left in the queue meanwhile. The atomic count also carries
/// what one task wrote to the next one's thread.
///
/// A thread that is stopped between leaving its task and counting it lets the others run one task
/// more than they have counted, and so lets the count reach 0 over a queue that is not empty. So a
/// task runs at once only where nothing is queued before it.
final class SerialExecutor implements Executor {
  /// So many tasks one thread runs for others before it hands the rest to the pool.
  static final int DRAIN_TASKS_MAX = 64;

  private final Executor pool;
  private final FatalErrors fatal;
  private final Queue<Runnable> queue;

  /// Invariant: a task is in the queue before it is counted here, except the one run inline and the
  /// one given by the thread that found others before it.
  private final AtomicInteger waiting = new AtomicInteger();

  SerialExecutor(Executor pool, FatalErrors fatal) {
    this(pool, fatal, new ConcurrentLinkedQueue<>());
  }

  /// `queue`: empty, used by no one else, safe for several threads.
  SerialExecutor(Executor pool, FatalErrors fatal, Queue<Runnable> queue) {
    this.pool = pool;
    this.fatal = fatal;
    this.queue = queue;
  }

  @Override
  public void execute(Runnable task) {
    if (waiting.get() == 0 && waiting.compareAndSet(0, 1)) {
      if (!queue.isEmpty()) {
        queue.add(task);
        drain();
      } else if (fatal.run(task) && waiting.decrementAndGet() > 0) {
        drain();
      }
      return;
    }
    queue.add(task);
    if (waiting.getAndIncrement() == 0) {
      drain();
    }
  }

  /// Called by the one thread that runs, with `waiting` above 0. When a task throws, the count
  /// stays above 0, so that nothing runs any more.
  private void drain() {
    for (int done = 0; done < DRAIN_TASKS_MAX; done++) {
      @Nullable Runnable task = queue.poll();
      if (task == null) {
        throw new AssertionError("a serial executor counted a task that is not in its queue");
      }
      if (!fatal.run(task) || waiting.decrementAndGet() == 0) {
        return;
      }
    }
    pool.execute(this::drain);
  }
}
