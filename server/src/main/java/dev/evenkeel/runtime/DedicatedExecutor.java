package dev.evenkeel.runtime;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One platform thread with a queue. The thread is woken only when it sleeps, so that a busy one
/// costs those who bring tasks no system call.
final class DedicatedExecutor implements Executor {
  private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final FatalErrors fatal;
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closing;

  DedicatedExecutor(String name, FatalErrors fatal) {
    this.fatal = fatal;
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
  }

  @Override
  public void execute(Runnable task) {
    queue.add(task);
    if (asleep) {
      Turn.wake(thread);
    }
  }

  /// Ends the thread after it has run what is in the queue.
  void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  /// Waits for the end; false when it did not come in time.
  boolean awaitEnd(Duration time) throws InterruptedException {
    return thread.equals(Thread.currentThread()) || thread.join(time);
  }

  private void loop() {
    while (true) {
      @Nullable Runnable task = queue.poll();
      if (task == null) {
        if (closing) {
          return;
        }
        sleep();
      } else if (!fatal.run(task)) {
        return;
      }
    }
  }

  /// `asleep` is set before the queue is looked at again, and a task is added before `asleep` is
  /// read: one of the two sides sees the other.
  private void sleep() {
    asleep = true;
    if (queue.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    asleep = false;
  }
}
