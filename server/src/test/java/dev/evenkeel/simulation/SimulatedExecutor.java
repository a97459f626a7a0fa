package dev.evenkeel.simulation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// Runs its tasks one at a time and in the order given, each as an event; an idle one may run the
/// task at once where the environment says so, by lot.
final class SimulatedExecutor implements Executor {
  private static final long DELAY_NANOS = 20_000;
  private static final long HICCUP_NANOS = 5_000_000;
  private static final int HICCUP_ONE_IN = 500;

  private final Life life;
  private final String name;
  private final RandomGenerator random;
  private final boolean mayRunInline;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  SimulatedExecutor(Life life, String name, RandomGenerator random, boolean mayRunInline) {
    this.life = life;
    this.name = name;
    this.random = random;
    this.mayRunInline = mayRunInline;
  }

  @Override
  public void execute(Runnable task) {
    if (mayRunInline && !running && waiting.isEmpty() && random.nextBoolean()) {
      run(task);
      if (!waiting.isEmpty()) {
        schedule();
      }
      return;
    }
    waiting.add(task);
    if (!running && waiting.size() == 1) {
      schedule();
    }
  }

  private void schedule() {
    life.after(delay(random), name, this::runNext);
  }

  private void runNext() {
    run(waiting.remove());
    if (!waiting.isEmpty()) {
      schedule();
    }
  }

  private void run(Runnable task) {
    running = true;
    try {
      task.run();
    } finally {
      running = false;
    }
  }

  /// Until a thread gets to run what is due: mostly short, now and then long.
  static long delay(RandomGenerator random) {
    return random.nextLong(random.nextInt(HICCUP_ONE_IN) == 0 ? HICCUP_NANOS : DELAY_NANOS);
  }
}
