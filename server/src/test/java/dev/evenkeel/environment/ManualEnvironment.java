package dev.evenkeel.environment;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// An environment whose clock and pauses the test holds in its hand; threads are real virtual ones.
public final class ManualEnvironment implements Environment, AutoCloseable {
  public volatile long wallMillis = 1_700_000_000_000L;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Semaphore pauses = new Semaphore(0);
  private final Semaphore paused = new Semaphore(0);

  /// Waits until some thread pauses.
  public void awaitPause() throws InterruptedException {
    paused.acquire();
  }

  /// Ends present pauses, and all later ones at once.
  public void endPauses() {
    pauses.release(1_000);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public long monotonicNanos() {
        return wallMillis * 1_000_000;
      }

      @Override
      public long wallMicros() {
        return wallMillis * 1_000;
      }
    };
  }

  @Override
  public Tasks tasks() {
    return new Tasks() {
      @Override
      public Executor serial(String name) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Executor dedicated(String name) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Executor reads() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void fork(String name, Runnable body) {
        threads.add(Thread.ofVirtual().name(name).start(body));
      }

      @Override
      public void pause(Duration time) throws InterruptedException {
        paused.release();
        pauses.acquire();
      }

      @Override
      public Timer after(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Override
  public Disk disk() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Network network() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Entropy entropy() {
    return name -> new SplittableRandom(name.hashCode());
  }
}
