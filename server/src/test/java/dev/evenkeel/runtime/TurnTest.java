package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When a thread with a queue of its own is woken by one that takes turns.
class TurnTest {
  private static final int TASKS = 3;

  private final CountDownLatch left = new CountDownLatch(TASKS);
  private final DedicatedExecutor executor =
      new DedicatedExecutor(
          "turn-test",
          new FatalErrors(bug -> {
            throw new AssertionError(bug);
          }));

  @BeforeEach
  void putToSleep() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    executor.execute(() -> thread.complete(Thread.currentThread()));
    while (thread.join().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void close() {
    executor.close();
  }

  /// A thread of its own takes the turn: what it joins is never undone.
  private static void onNewThread(Runnable turn) {
    CompletableFuture.runAsync(turn, task -> Thread.ofPlatform().start(task)).join();
  }

  private void giveWork() {
    for (int i = 0; i < TASKS; i++) {
      executor.execute(left::countDown);
    }
  }

  @Test
  void theWorkOfATurnBeginsAtItsEndWithOneWake() throws InterruptedException {
    onNewThread(() -> {
      Queue<Runnable> loop = new ArrayDeque<>();
      Turn.join(loop::add);
      giveWork();
      assertThat(loop).hasSize(1);
      assertThat(left.getCount()).isEqualTo(TASKS);
      loop.remove().run();
    });
    assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aLoopThatTakesNothingMoreHoldsNothingBack() throws InterruptedException {
    onNewThread(() -> {
      Turn.join(_ -> {
        throw new RejectedExecutionException();
      });
      giveWork();
    });
    assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aThreadWithoutTurnsWakesAtOnce() throws InterruptedException {
    onNewThread(this::giveWork);
    assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
