package dev.evenkeel.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Clients at work, each on a thread of its own, until they are told to stop.
final class ClientThreads {
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /// @param client ends soon after it [#isStopped]; what it throws fails the test
  void start(String name, Runnable client) {
    threads.add(
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
            .start(client));
  }

  boolean isStopped() {
    return stopped;
  }

  /// Tells all to stop, and waits for it.
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a client failed: " + failures.peek(), failures.peek());
    }
  }
}
