package dev.evenkeel.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The event loop that the present thread runs, and the threads to be woken when it has done what
/// is at hand. To wake a thread is a system call and often a change of threads: once a turn instead
/// of once a request, and what is woken finds more to do at a time.
final class Turn {
  /// A property of the thread itself, whichever environment wakes another from it.
  private static final ThreadLocal<@Nullable Turn> PRESENT = new ThreadLocal<>();

  private final Executor loop;
  private final List<Thread> asleep = new ArrayList<>();

  private Turn(Executor loop) {
    this.loop = loop;
  }

  /// The calling thread runs the tasks of `loop`, after what it was given from outside.
  static void join(Executor loop) {
    PRESENT.set(new Turn(loop));
  }

  /// Wakes the thread: at the end of the turn that the calling thread is in, or at once.
  static void wake(Thread thread) {
    Turn turn = PRESENT.get();
    if (turn == null) {
      LockSupport.unpark(thread);
    } else {
      turn.add(thread);
    }
  }

  private void add(Thread thread) {
    if (asleep.contains(thread)) {
      return;
    }
    asleep.add(thread);
    if (asleep.size() == 1) {
      try {
        loop.execute(this::end);
      } catch (RejectedExecutionException _) {
        end();
      }
    }
  }

  private void end() {
    asleep.forEach(LockSupport::unpark);
    asleep.clear();
  }
}
