package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import dev.evenkeel.simulation.workload.Session;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Disks fill up: who leads gives way where somebody else can lead, and else stays for its reads.
@ExtendWith(Silence.class)
class FullDisksTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;

  /// In which a leader whose disk is full waits, and another is elected.
  private static final long GIVES_WAY_NANOS = 3 * ZonedRegion.leaseNanos();

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 3);
  private final ReplicasAgree agreement = new ReplicasAgree(region);

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 30 * SECOND);
  }

  private void pass(long nanos) {
    long end = simulator.nowNanos() + nanos;
    await(() -> simulator.nowNanos() >= end);
  }

  private static boolean leads(ZonedNode node) {
    StorageNode storage = node.storage();
    StorageReplica replica = storage == null ? null : storage.replica(GROUP);
    return replica != null && replica.serves();
  }

  private @Nullable ZonedNode leader() {
    return region.nodes().stream().filter(FullDisksTest::leads).findFirst().orElse(null);
  }

  private Answer call(ZonedNode node, String operation, String body) {
    Answer[] answers = new Answer[1];
    region.call(node, operation, body, answer -> answers[0] = answer);
    await(() -> answers[0] != null);
    return answers[0];
  }

  private static void isOk(Answer answer) {
    assertThat(answer.kind()).as(answer.toString()).isEqualTo(Answer.Kind.OK);
  }

  private Answer put(ZonedNode node, int sort) {
    String item =
        """
        {"TableName":"%s","Item":{"pk":{"S":"a"},"sk":{"S":"%d"}}}\
        """
            .formatted(Session.TABLE, sort);
    return call(node, "PutItem", item);
  }

  private Answer get(ZonedNode node) {
    String key =
        """
        {"TableName":"%s","ConsistentRead":true,"Key":{"pk":{"S":"a"},"sk":{"S":"0"}}}\
        """
            .formatted(Session.TABLE);
    return call(node, "GetItem", key);
  }

  /// A region with an item; who leads its group.
  private ZonedNode start() {
    region.start();
    await(region::serves);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() -> leader() != null && agreement.isAtRest());
    pass(SECOND);
    region.nodes().forEach(node -> isOk(put(node, 0)));
    return Objects.requireNonNull(leader());
  }

  private static void fill(ZonedNode node) {
    node.machine().disk().fillUpTo(0);
  }

  private static void empty(ZonedNode node) {
    node.machine().disk().faults().capacityBytes(Long.MAX_VALUE);
  }

  /// The group has been idle: nothing but the write that is refused tells it that time matters.
  @Test
  void aLeaderWhoseDiskIsFullGivesWay() {
    ZonedNode leader = start();
    pass(3 * SECOND);
    fill(leader);
    pass(SECOND);
    assertThat(put(leader, 1).isOk()).isFalse();
    pass(GIVES_WAY_NANOS);
    assertThat(leader()).isNotNull().isNotSameAs(leader);
    isOk(put(leader, 1));
    isOk(get(leader));
    empty(leader);
    await(agreement::isAtRest);
    agreement.check();
  }

  @Test
  void whereAllDisksAreFullTheLeaderStaysServesReadsAndSaysWhyItRefuses() {
    ZonedNode leader = start();
    region.nodes().forEach(FullDisksTest::fill);
    refuses(leader, "disk is full");
    region.nodes().forEach(FullDisksTest::empty);
    isAllRightAgain();
  }

  @Test
  void aLeaderWithRoomStaysWhileTheDisksOfTheOthersAreFull() {
    ZonedNode leader = start();
    List<ZonedNode> others = region.nodes().stream().filter(node -> node != leader).toList();
    others.forEach(FullDisksTest::fill);
    refuses(leader, "disks of too many members are full");
    others.forEach(FullDisksTest::empty);
    isAllRightAgain();
  }

  private void refuses(ZonedNode leader, String reason) {
    // What is under way as disks fill up stays open, and ends no office.
    region.nodes().forEach(node -> put(node, 1));
    pass(GIVES_WAY_NANOS);
    for (ZonedNode node : region.nodes()) {
      Answer refused = put(node, 2);
      assertThat(refused.isOk()).isFalse();
      assertThat(refused.toString()).contains(reason);
      isOk(get(node));
    }
    assertThat(leader()).isSameAs(leader);
  }

  private void isAllRightAgain() {
    pass(ZonedRegion.leaseNanos());
    region.nodes().forEach(node -> isOk(put(node, 3)));
    await(agreement::isAtRest);
    agreement.check();
  }
}
