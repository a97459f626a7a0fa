package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SystemClockTest {
  private static final int READINGS = 100_000;
  private static final int THREADS = 3;
  private static final long SPAN_NANOS = 20_000_000;

  private final SystemClock clock = new SystemClock();

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxHasTheClockThatGoesOnInSuspension() {
    assertThat(BootClock.isThere()).isTrue();
    long awake = System.nanoTime();
    assertThat(BootClock.nanos()).as("since the machine's start").isGreaterThanOrEqualTo(awake);
  }

  /// Each thread reads, and finds nothing that another one has read to be later.
  @Test
  void neverGoesBackForAnyThread() throws InterruptedException, ExecutionException {
    AtomicLong latest = new AtomicLong(clock.monotonicNanos());
    Callable<Long> reader =
        () -> {
          long worst = 0;
          for (int i = 0; i < READINGS; i++) {
            long before = latest.get();
            long now = clock.monotonicNanos();
            worst = Math.min(worst, now - before);
            latest.accumulateAndGet(now, Math::max);
          }
          return worst;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        readers.add(threads.submit(reader));
      }
      for (Future<Long> each : readers) {
        assertThat(each.get()).isZero();
      }
    }
  }

  /// Each reading lies between two of the JVM's clock, which is the same while the machine is
  /// awake.
  @Test
  void runsAtTheRateOfTheJvmsClock() {
    long before = System.nanoTime();
    long from = clock.monotonicNanos();
    long after = System.nanoTime();
    while (System.nanoTime() - after < SPAN_NANOS) {
      Thread.onSpinWait();
    }
    long beforeEnd = System.nanoTime();
    long to = clock.monotonicNanos();
    long afterEnd = System.nanoTime();
    assertThat(to - from).isBetween(beforeEnd - after, afterEnd - before);
  }
}
