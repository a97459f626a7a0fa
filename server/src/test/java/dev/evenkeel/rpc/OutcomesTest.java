package dev.evenkeel.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.rpc.CallOutcome.Answered;
import dev.evenkeel.rpc.CallOutcome.Failed;
import dev.evenkeel.simulation.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever goes wrong, each call has one outcome, and the outcome is true.
class OutcomesTest {
  private static final long MILLI = 1_000_000;
  private static final int CALLS = 2_000;
  private static final long ONE = NodeIdentity.of(1, 1);
  private static final long TWO = NodeIdentity.of(2, 2);

  /// @param seconds the lives of node 2, one after the other
  private record Run(
      SimulatedWorld world, Map<Long, TestNode.Outcomes> calls, List<TestNode> seconds) {
    Set<Long> received() {
      Set<Long> all = new HashSet<>();
      for (TestNode life : seconds) {
        long last = -1;
        for (long number : life.numbers()) {
          assertThat(number).as("received again, or out of order").isGreaterThan(last);
          assertThat(all.add(number)).as("received in two lives").isTrue();
          last = number;
        }
      }
      return all;
    }

    long answered() {
      return calls.values().stream().filter(call -> call.first() instanceof Answered).count();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void eachCallHasOneOutcomeWhichIsTrue(long seed) throws IOException {
    Run run = run(seed);
    Set<Long> received = run.received();
    run.calls.forEach((number, call) -> {
      assertThat(call.count()).as("outcomes of " + number).isEqualTo(1);
      judge(number, call.first(), received);
    });
    assertThat(run.answered()).isBetween(CALLS / 10L, CALLS - 10L);
    assertThat(run.seconds).hasSizeGreaterThan(1);
    assertThat(run.world.count(RpcMeter.CONNECTION_LOST)).isPositive();
  }

  private static void judge(long number, CallOutcome<Note> outcome, Set<Long> received) {
    switch (outcome) {
      case Answered<Note>(Note answer) -> {
        assertThat(answer.number()).isEqualTo(number + 1);
        assertThat(received).contains(number);
      }
      case Failed<Note>(CallOutcome.Reason reason) -> {
        if (!reason.isUnknown()) {
          assertThat(received).as("%s, but received", reason).doesNotContain(number);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aSeedRepeatsItself(long seed) throws IOException {
    long hash = run(seed).world.simulator.traceHash();
    assertThat(run(seed).world.simulator.traceHash()).isEqualTo(hash);
    assertThat(run(seed + 100).world.simulator.traceHash()).isNotEqualTo(hash);
  }

  private static Run run(long seed) throws IOException {
    SimulatedWorld world = new SimulatedWorld(seed);
    RandomGenerator random = world.simulator.stream("test");
    TestNode one = TestNode.start(world, ONE);
    Run run = new Run(world, new HashMap<>(), new ArrayList<>());
    run.seconds.add(TestNode.start(world, TWO));
    for (long number = 0; number < CALLS; number++) {
      trouble(run, random);
      Note request = new Note(number, random.nextInt(3_000));
      Duration deadline = Duration.ofNanos(1 + random.nextLong(300 * MILLI));
      run.calls.put(number, one.call(TWO, request, deadline));
      world.pass(random.nextLong(3 * MILLI));
    }
    world.network.heal();
    world.pass(1_000 * MILLI);
    return run;
  }

  private static void trouble(Run run, RandomGenerator random) throws IOException {
    Wire there = run.world.network.wire(1, 2);
    Wire back = run.world.network.wire(2, 1);
    switch (random.nextInt(300)) {
      case 0 -> there.corruption(.02);
      case 1 -> back.corruption(.02);
      case 2 -> there.breaks(.02);
      case 3 -> back.breaks(.02);
      case 4 -> there.cut(true);
      case 5 -> back.cut(true);
      case 6 -> there.bandwidth(100_000);
      case 7 -> run.world.network.breakConnections(1, 2);
      case 8 -> run.seconds.add(TestNode.start(run.world, TWO));
      case 9 -> {
        run.world.node(2).crash();
        run.seconds.add(TestNode.start(run.world, TWO));
      }
      default -> {
        if (random.nextInt(30) == 0) {
          run.world.network.heal();
        }
      }
    }
  }
}
