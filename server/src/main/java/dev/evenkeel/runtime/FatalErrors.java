package dev.evenkeel.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Tells the node of the first bug, once. Those that follow are mostly its consequences.
final class FatalErrors {
  private final Consumer<Throwable> handler;
  private final AtomicBoolean told = new AtomicBoolean();

  FatalErrors(Consumer<Throwable> handler) {
    this.handler = handler;
  }

  void report(Throwable bug) {
    if (told.compareAndSet(false, true)) {
      handler.accept(bug);
    }
  }

  /// Runs it; false when it threw, after reporting that.
  boolean run(Runnable task) {
    try {
      task.run();
      return true;
    } catch (Throwable bug) {
      report(bug);
      return false;
    }
  }
}
