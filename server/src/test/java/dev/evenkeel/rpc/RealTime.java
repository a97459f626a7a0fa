package dev.evenkeel.rpc;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waiting in real time, for what another thread does.
final class RealTime {
  private static final long SECONDS_MAX = 60;

  private final Semaphore changes = new Semaphore(0);

  void changed() {
    changes.release();
  }

  /// Looks again after each change, and now and then for what nobody announces.
  void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("does not come to hold within " + SECONDS_MAX + " s");
      }
      if (changes.tryAcquire(10, TimeUnit.MILLISECONDS)) {
        changes.drainPermits();
      }
    }
  }
}
