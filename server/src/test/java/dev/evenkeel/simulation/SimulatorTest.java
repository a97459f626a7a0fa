package dev.evenkeel.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Environment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> seen = new ArrayList<>();

  @Test
  void timePassesOnlyFromEventToEvent() {
    Simulator simulator = new Simulator(1);
    simulator.after(3 * SECOND, "b", () -> seen.add("b" + simulator.nowNanos()));
    simulator.after(SECOND, "a", () -> seen.add("a" + simulator.nowNanos()));
    while (simulator.step()) {}
    assertThat(seen).containsExactly("a1000000000", "b3000000000");
  }

  @Test
  void straightLineCodeParksOnFuturesLocksAndPauses() {
    Simulator simulator = run(1, this::useEverything, 10 * SECOND);
    assertThat(seen).containsSubsequence("waits for future", "completes", "has the future");
    assertThat(seen).contains("signalled", "paused", "unparked");
    assertThat(simulator.nowNanos()).isBetween(2 * SECOND, 3 * SECOND);
  }

  @Test
  void theSameSeedGivesTheSameTraceAndAnotherSeedAnother() {
    long hash = run(5, this::useEverything, 10 * SECOND).traceHash();
    List<String> first = List.copyOf(seen);
    for (int i = 0; i < 20; i++) {
      seen.clear();
      assertThat(run(5, this::useEverything, 10 * SECOND).traceHash()).isEqualTo(hash);
      assertThat(seen).isEqualTo(first);
    }
    assertThat(run(6, this::useEverything, 10 * SECOND).traceHash()).isNotEqualTo(hash);
  }

  @Test
  void executorsRunOneTaskAtATimeInOrder() {
    for (int seed = 0; seed < 50; seed++) {
      List<Integer> order = new ArrayList<>();
      run(
          seed,
          environment -> {
            Executor serial = environment.tasks().serial("s");
            Executor dedicated = environment.tasks().dedicated("d");
            for (int i = 0; i < 20; i += 2) {
              int number = i;
              serial.execute(() -> {
                order.add(number);
                serial.execute(() -> dedicated.execute(() -> order.add(1000)));
                order.add(number + 1);
              });
            }
          },
          SECOND);
      order.removeIf(number -> number == 1000);
      assertThat(order).isSorted().hasSize(20);
    }
  }

  @Test
  void aCrashedNodeNeverResumes() {
    Simulator simulator = new Simulator(1);
    SimulatedNode<String> node =
        new SimulatedNode<>(
            simulator,
            "n",
            (environment, store) -> {
              environment.tasks().after(Duration.ofMillis(100), () -> seen.add("timer"));
              pause(environment, Duration.ofMillis(100));
              seen.add("opened");
              return "up";
            });
    node.start();
    simulator.after(SECOND / 20, "crash", node::crash);
    while (simulator.step()) {}
    assertThat(seen).isEmpty();
    node.start();
    while (simulator.step()) {}
    assertThat(seen).containsExactlyInAnyOrder("timer", "opened");
    assertThat(node.service()).isEqualTo("up");
  }

  @Test
  void anyNumberOfCrashesLeavesNothingBehind() {
    Simulator simulator = new Simulator(1);
    SimulatedNode<String> node =
        new SimulatedNode<>(
            simulator,
            "n",
            (environment, store) -> {
              byte[] ballast = new byte[100_000];
              new CompletableFuture<String>().join();
              return "never with " + ballast.length;
            });
    for (int i = 0; i < 50_000; i++) {
      node.start();
      simulator.step();
      node.crash();
    }
    assertThat(node.lives()).isEqualTo(50_000);
  }

  @Test
  void aSyncOnAThreadBlocksItAndOneInATaskCallsBack() {
    run(
        1,
        environment -> {
          Disk.File file = environment.disk().open("f");
          file.write(0, ByteBuffer.wrap("x".getBytes(US_ASCII)));
          file.sync(problem -> seen.add("first"));
          seen.add("second");
          environment
              .tasks()
              .dedicated("writer")
              .execute(() -> {
                file.sync(problem -> seen.add("fourth"));
                seen.add("third");
              });
        },
        SECOND);
    assertThat(seen).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void aBugInTheNodeFailsTheRun() {
    assertThatThrownBy(() ->
            run(
                1,
                environment ->
                    environment
                        .tasks()
                        .dedicated("d")
                        .execute(() -> {
                          throw new IllegalStateException("bug");
                        }),
                SECOND))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("bug");
  }

  private interface Body {
    void run(Environment environment) throws Exception;
  }

  private static Simulator run(long seed, Body body, long limitNanos) {
    Simulator simulator = new Simulator(seed);
    SimulatedNode<String> node =
        new SimulatedNode<>(
            simulator,
            "n",
            (environment, store) -> {
              try {
                body.run(environment);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
              return "done";
            });
    node.start();
    while (simulator.nowNanos() < limitNanos && simulator.step()) {}
    assertThat(node.service()).isEqualTo("done");
    return simulator;
  }

  private void useEverything(Environment environment) {
    CompletableFuture<String> future = new CompletableFuture<>();
    ReentrantLock lock = new ReentrantLock();
    Condition condition = lock.newCondition();
    environment
        .tasks()
        .fork(
            "waiter",
            () -> {
              seen.add("waits for future");
              seen.add(future.join());
              lock.lock();
              try {
                condition.signalAll();
              } finally {
                lock.unlock();
              }
            });
    environment
        .tasks()
        .fork(
            "locker",
            () -> {
              lock.lock();
              try {
                while (!future.isDone()) {
                  condition.awaitUninterruptibly();
                }
                seen.add("signalled");
              } finally {
                lock.unlock();
              }
            });
    Thread[] parked = new Thread[1];
    environment
        .tasks()
        .fork(
            "parked",
            () -> {
              parked[0] = Thread.currentThread();
              LockSupport.park();
              seen.add("unparked");
            });
    environment.tasks().after(Duration.ofSeconds(1), () -> LockSupport.unpark(parked[0]));
    pause(environment, Duration.ofSeconds(2));
    seen.add("paused");
    seen.add("completes");
    future.complete("has the future");
  }

  private static void pause(Environment environment, Duration time) {
    try {
      environment.tasks().pause(time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
