package dev.evenkeel.environment;

import java.time.Duration;
import java.util.concurrent.Executor;

/// Threads and timers. Code that is simulated starts no thread of its own.
public interface Tasks {
  /// An executor that runs its tasks one at a time and in the order given. An idle one runs the
  /// task at once on the calling thread where the environment can do so, so a task must not assume
  /// that it runs later, nor that it runs on another thread; and must not block.
  Executor serial(String name);

  /// An executor with one thread of its own, for work that blocks on the disk (the log's writer).
  /// Tasks run one at a time and in the order given, never on the calling thread.
  Executor dedicated(String name);

  /// The small pool for reads that may touch the disk.
  Executor reads();

  /// Starts straight-line code on a virtual thread; it may block on futures and on locks of
  /// `java.util.concurrent`, never on a monitor (`synchronized`).
  void fork(String name, Runnable body);

  /// Parks the virtual thread that calls for at least that long.
  ///
  /// @throws InterruptedException when the environment shuts down
  void pause(Duration time) throws InterruptedException;

  /// Runs the task once, after at least `delay`, on a thread of the environment; it must not block.
  Timer after(Duration delay, Runnable task);

  /// Says that the calling thread runs the tasks of `loop` in turns: first all that has come from
  /// outside, then what `loop` was given. Threads that this work needs may be woken once, at the
  /// end of a turn.
  default void inTurns(Executor loop) {}

  /// A task that waits for its time.
  interface Timer {
    /// The task will not start after this returns; one that has started goes on.
    void cancel();
  }
}
