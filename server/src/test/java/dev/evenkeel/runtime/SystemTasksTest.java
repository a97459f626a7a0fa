package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTasksTest {
  private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();
  private final AtomicInteger fatals = new AtomicInteger();
  private final SystemTasks tasks =
      new SystemTasks(
          new FatalErrors(bug -> {
            fatal.set(bug);
            fatals.incrementAndGet();
          }));

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void dedicatedExecutorHasOneThreadOfItsOwn() {
    Executor dedicated = tasks.dedicated("log-writer");
    Thread first = CompletableFuture.supplyAsync(Thread::currentThread, dedicated).join();
    Thread second = CompletableFuture.supplyAsync(Thread::currentThread, dedicated).join();
    assertThat(first).isSameAs(second).isNotSameAs(Thread.currentThread());
    assertThat(first.getName()).isEqualTo("log-writer");
  }

  @Test
  void closingLetsDedicatedThreadFinishWhatItWasGiven() {
    List<Integer> ran = new ArrayList<>();
    Executor dedicated = tasks.dedicated("worker");
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      dedicated.execute(() -> ran.add(number));
    }
    tasks.close();
    assertThat(ran).hasSize(1_000).isSorted();
  }

  @Test
  void closingInterruptsVirtualThreads() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    tasks.fork(
        "waits",
        () -> {
          started.countDown();
          try {
            tasks.pause(Duration.ofDays(1));
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    started.await();
    tasks.close();
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void readsRunOffTheCallingThread() {
    Thread reader = CompletableFuture.supplyAsync(Thread::currentThread, tasks.reads()).join();
    assertThat(reader.getName()).startsWith("read-");
  }

  @Test
  void timerFiresAndCancelledOneDoesNot() throws InterruptedException {
    List<String> fired = new ArrayList<>();
    CountDownLatch last = new CountDownLatch(1);
    CompletableFuture<Void> scheduled = new CompletableFuture<>();
    // Timers have one thread: while it waits, none fires before it is cancelled.
    tasks.after(Duration.ZERO, scheduled::join);
    tasks.after(Duration.ofMillis(1), () -> fired.add("cancelled")).cancel();
    tasks.after(Duration.ofMillis(2), () -> fired.add("first"));
    tasks.after(Duration.ofMillis(4), last::countDown);
    scheduled.complete(null);
    last.await();
    assertThat(fired).containsExactly("first");
  }

  @Test
  void firstBugIsReportedOnceWhereverItHappens() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    tasks.fork(
        "first",
        () -> {
          both.countDown();
          throw new AssertionError("bug");
        });
    tasks
        .reads()
        .execute(() -> {
          both.countDown();
          throw new IllegalStateException("bug");
        });
    both.await();
    tasks.close();
    assertThat(fatal.get()).hasMessage("bug");
    assertThat(fatals).hasValue(1);
  }
}
