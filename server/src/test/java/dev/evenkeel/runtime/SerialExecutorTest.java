package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
  private final ArrayDeque<Runnable> pool = new ArrayDeque<>();
  private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();
  private final SerialExecutor serial = new SerialExecutor(pool::add, new FatalErrors(fatal::set));

  @Test
  void idleExecutorRunsTaskOnTheCallingThread() {
    List<Thread> threads = new ArrayList<>();
    serial.execute(() -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
    assertThat(pool).isEmpty();
  }

  @Test
  void taskGivenByTaskRunsAfterItNotInsideIt() {
    List<String> order = new ArrayList<>();
    serial.execute(() -> {
      serial.execute(() -> order.add("inner"));
      order.add("outer");
    });
    assertThat(order).containsExactly("outer", "inner");
  }

  @Test
  void longQueueIsHandedToThePool() {
    List<Integer> ran = new ArrayList<>();
    int tasks = 3 * SerialExecutor.DRAIN_TASKS_MAX;
    serial.execute(() -> {
      for (int i = 0; i < tasks; i++) {
        int number = i;
        serial.execute(() -> ran.add(number));
      }
    });
    assertThat(ran).hasSize(SerialExecutor.DRAIN_TASKS_MAX);
    while (!pool.isEmpty()) {
      pool.remove().run();
    }
    assertThat(ran).hasSize(tasks).isSorted();
  }

  @Test
  void executorWhoseTaskThrewRunsNothingMore() {
    List<String> ran = new ArrayList<>();
    serial.execute(() -> {
      serial.execute(() -> ran.add("queued"));
      throw new AssertionError("bug");
    });
    serial.execute(() -> ran.add("later"));
    assertThat(fatal.get()).hasMessage("bug");
    assertThat(ran).isEmpty();
  }

  @Test
  void taskDoesNotOvertakeOneQueuedWhileAnotherThreadStopsBetweenLeavingAndCounting()
      throws InterruptedException {
    CountDownLatch isLeft = new CountDownLatch(1);
    CountDownLatch mayCount = new CountDownLatch(1);
    AtomicReference<@Nullable Thread> stopping = new AtomicReference<>();
    Queue<Runnable> queue =
        new ConcurrentLinkedQueue<>() {
          @Override
          public boolean add(Runnable task) {
            super.add(task);
            if (Thread.currentThread().equals(stopping.get())) {
              isLeft.countDown();
              awaitQuietly(mayCount);
            }
            return true;
          }
        };
    var slow = new SerialExecutor(pool::add, new FatalErrors(fatal::set), queue);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Thread other = new Thread(() -> slow.execute(() -> order.add("other")));
    stopping.set(other);
    slow.execute(() -> {
      other.start();
      awaitQuietly(isLeft);
      slow.execute(() -> order.add("first"));
    });
    slow.execute(() -> order.add("second"));
    mayCount.countDown();
    other.join();
    assertThat(order).containsExactly("other", "first", "second");
  }

  @Test
  void tasksOfSeveralThreadsRunOneAtATimeAndInEachThreadsOrder() throws InterruptedException {
    try (SystemTasks tasks = new SystemTasks(new FatalErrors(fatal::set))) {
      var shared = tasks.serial("shared");
      int threads = 4;
      int each = 20_000;
      int[] next = new int[threads];
      boolean[] disorder = new boolean[1];
      CountDownLatch left = new CountDownLatch(threads * each);
      for (int t = 0; t < threads; t++) {
        int mine = t;
        tasks
            .dedicated("caller-" + t)
            .execute(() -> {
              for (int i = 0; i < each; i++) {
                int number = i;
                shared.execute(() -> {
                  disorder[0] |= next[mine]++ != number;
                  left.countDown();
                });
              }
            });
      }
      left.await();
      assertThat(next).containsOnly(each);
      assertThat(disorder[0]).isFalse();
      assertThat(fatal.get()).isNull();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
