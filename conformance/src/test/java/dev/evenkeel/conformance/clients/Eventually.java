package dev.evenkeel.conformance.clients;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Asks until the answer is as wanted: what the server derives from items follows them in a moment.
final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Eventually() {}

  static <T> T is(Callable<T> ask, Predicate<T> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T answer = ask.call();
    while (!wanted.test(answer)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("still " + answer);
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      answer = ask.call();
    }
    return answer;
  }
}
