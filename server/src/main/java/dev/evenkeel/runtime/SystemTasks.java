package dev.evenkeel.runtime;

import dev.evenkeel.environment.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The machine's threads.
final class SystemTasks implements Tasks, AutoCloseable {
  /// Threads that may wait for the disk at the same time.
  static final int READ_THREADS = 4;

  /// How long [#close] waits for threads to end.
  static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private static final Duration IDLE_THREAD_LIFE = Duration.ofSeconds(30);

  private final FatalErrors fatal;
  private final ThreadPoolExecutor serialRuns;
  private final ThreadPoolExecutor reads;
  private final ScheduledThreadPoolExecutor timers;
  private final List<DedicatedExecutor> dedicated = new CopyOnWriteArrayList<>();
  private final Set<Thread> forked = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  SystemTasks(FatalErrors fatal) {
    this.fatal = fatal;
    this.serialRuns = pool("serial", Runtime.getRuntime().availableProcessors());
    this.reads = pool("read", READ_THREADS);
    this.timers = new ScheduledThreadPoolExecutor(1, daemons("timer"));
    timers.setRemoveOnCancelPolicy(true);
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timers.setRejectedExecutionHandler((task, pool) -> {});
  }

  @Override
  public Executor serial(String name) {
    return new SerialExecutor(serialRuns, fatal);
  }

  @Override
  public Executor dedicated(String name) {
    DedicatedExecutor executor = new DedicatedExecutor(name, fatal);
    dedicated.add(executor);
    return executor;
  }

  @Override
  public Executor reads() {
    return task -> reads.execute(() -> fatal.run(task));
  }

  @Override
  public void fork(String name, Runnable body) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> runForked(body));
    forked.add(thread);
    thread.start();
    if (closed) {
      thread.interrupt();
    }
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  @Override
  public void inTurns(Executor loop) {
    Turn.join(loop);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    ScheduledFuture<?> timer =
        timers.schedule(() -> fatal.run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  @Override
  public void close() {
    closed = true;
    timers.shutdown();
    serialRuns.shutdown();
    reads.shutdown();
    forked.forEach(Thread::interrupt);
    dedicated.forEach(DedicatedExecutor::close);
    try {
      awaitEnd(System.nanoTime() + CLOSE_WITHIN.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd(long deadlineNanos) throws InterruptedException {
    for (ThreadPoolExecutor pool : List.of(timers, serialRuns, reads)) {
      if (!pool.awaitTermination(left(deadlineNanos).toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
    for (DedicatedExecutor executor : dedicated) {
      if (!executor.awaitEnd(left(deadlineNanos))) {
        return;
      }
    }
    for (Thread thread : forked) {
      if (!thread.equals(Thread.currentThread()) && !thread.join(left(deadlineNanos))) {
        return;
      }
    }
  }

  private static Duration left(long deadlineNanos) {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  private void runForked(Runnable body) {
    try {
      fatal.run(body);
    } finally {
      forked.remove(Thread.currentThread());
    }
  }

  /// A pool whose threads are started on demand, so that what is not used costs nothing. Tasks that
  /// come after its end are dropped.
  private static ThreadPoolExecutor pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_THREAD_LIFE.toNanos(),
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            daemons(name),
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().name(name + "-", 1).daemon().factory();
  }
}
