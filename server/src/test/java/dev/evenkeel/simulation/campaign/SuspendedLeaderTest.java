package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.workload.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/// The machine of a leader is suspended for longer than a lease, and wakes up with reads that came
/// meanwhile; its clock shows how long it slept.
@ExtendWith(Silence.class)
class SuspendedLeaderTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;
  private static final int LEASES = 20;
  private static final String READ =
      """
      {"TableName":"%s","ConsistentRead":true,"Key":{"pk":{"S":"a"},"sk":{"S":"b"}}}\
      """
          .formatted(Session.TABLE);
  private static final int SEEDS = 5;

  /// Reads that wait for the one that wakes up.
  private static final int READS = 20;

  @RepeatedTest(SEEDS)
  void aLeaderReadsNothingThatIsNoLongerTrue(RepetitionInfo seed) {
    Simulator simulator = new Simulator(seed.getCurrentRepetition());
    ZonedRegion region = region(simulator);
    ZonedNode leader = Objects.requireNonNull(region.leader(GROUP));
    put(simulator, region, leader, "old");
    leader.machine().pause(LEASES * ZonedRegion.leaseNanos());
    await(simulator, () -> region.leader(GROUP) != null && region.leader(GROUP) != leader);
    put(simulator, region, Objects.requireNonNull(region.leader(GROUP)), "new");
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < READS; i++) {
      region.call(leader, "GetItem", READ, answers::add);
    }
    await(simulator, () -> answers.size() == READS);
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.kind()).isEqualTo(Answer.Kind.OK);
          assertThat(answer.body()).contains("new");
        });
  }

  private static ZonedRegion region(Simulator simulator) {
    ZonedRegion region = new ZonedRegion(simulator, 4);
    region.start();
    await(simulator, region::serves);
    ZonedNode first = region.nodes().iterator().next();
    boolean[] created = new boolean[1];
    region.call(first, "CreateTable", Session.creation(Session.TABLE), _ -> created[0] = true);
    await(simulator, () -> created[0] && region.leader(GROUP) != null);
    return region;
  }

  private static void put(Simulator simulator, ZonedRegion region, ZonedNode node, String value) {
    boolean[] done = new boolean[1];
    put(region, node, value, done);
    await(simulator, () -> done[0]);
  }

  /// Again until it is acknowledged.
  private static void put(ZonedRegion region, ZonedNode node, String value, boolean[] done) {
    region.call(
        node,
        "PutItem",
        """
        {"TableName":"%s","Item":{"pk":{"S":"a"},"sk":{"S":"b"},"v":{"S":"%s"}}}\
        """
            .formatted(Session.TABLE, value),
        answer -> {
          done[0] = answer.isOk();
          if (!done[0]) {
            put(region, node, value, done);
          }
        });
  }

  private static void await(Simulator simulator, BooleanSupplier condition) {
    simulator.runUntil(condition, 30 * SECOND);
  }
}
