package dev.evenkeel.simulation;

import dev.evenkeel.environment.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Executors, threads and timers as events of one life of a node.
final class SimulatedTasks implements Tasks {
  private static final long READ_NANOS_MAX = 300_000;
  private static final long TIMER_LATE_NANOS_MAX = 2_000_000;

  private final Life life;
  private final RandomGenerator random;

  private long timers;

  /// Reads that wait since the disk hangs; null while it does not.
  private @Nullable List<Runnable> hanging;

  SimulatedTasks(Life life) {
    this.life = life;
    this.random = life.stream("tasks");
  }

  @Override
  public Executor serial(String name) {
    return new SimulatedExecutor(life, name, random, true);
  }

  @Override
  public Executor dedicated(String name) {
    return new SimulatedExecutor(life, name, random, false);
  }

  @Override
  public Executor reads() {
    return this::read;
  }

  private void read(Runnable task) {
    if (hanging == null) {
      life.after(random.nextLong(READ_NANOS_MAX), "read", task);
    } else {
      hanging.add(task);
    }
  }

  /// Timers that have fired.
  long timers() {
    return timers;
  }

  /// Whether reads wait until this is called again.
  void hang(boolean now) {
    List<Runnable> waiting = hanging;
    hanging = now ? new ArrayList<>() : null;
    if (waiting != null) {
      waiting.forEach(this::read);
    }
  }

  @Override
  public void fork(String name, Runnable body) {
    Executor carrier =
        stretch -> life.after(SimulatedExecutor.delay(random), "thread " + name, stretch);
    VirtualThreads.unstarted(carrier, name, () -> run(body)).start();
  }

  private void run(Runnable body) {
    try {
      body.run();
    } catch (PowerLoss _) {
      // The machine is off: the life ends with this event.
    } catch (Throwable bug) {
      life.simulator().fail(bug);
    }
  }

  @Override
  public void pause(Duration time) {
    park(time.toNanos() + random.nextLong(TIMER_LATE_NANOS_MAX));
  }

  /// Parks the virtual thread that calls for exactly that long.
  void park(long nanos) {
    Thread thread = Thread.currentThread();
    if (!thread.isVirtual()) {
      throw new IllegalStateException("only a virtual thread may wait");
    }
    boolean[] due = new boolean[1];
    life.after(
        nanos,
        "wake " + thread.getName(),
        () -> {
          due[0] = true;
          LockSupport.unpark(thread);
        });
    while (!due[0]) {
      LockSupport.park();
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Runnable counted =
        () -> {
          timers++;
          task.run();
        };
    return life.after(delay.toNanos() + random.nextLong(TIMER_LATE_NANOS_MAX), "timer", counted)
        ::cancel;
  }
}
