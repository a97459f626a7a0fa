package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Disks fill up: who leads gives way where somebody else can lead, and else stays for its reads.
@ExtendWith(Silence.class)
class FullDisksTest {
  private static final long LOOK_NANOS = OneGroup.SECOND / 100;

  /// In which a leader whose disk is full waits, and another is elected.

  private static final long GIVES_WAY_NANOS = 3 * ZonedRegion.leaseNanos();

  private final OneGroup group = new OneGroup(30 * OneGroup.SECOND);

  /// A region with an item; who leads its group.
  private ZonedNode start() {
    group.start(0);
    return Objects.requireNonNull(group.leader());
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
    group.pass(3 * OneGroup.SECOND);
    fill(leader);
    group.pass(OneGroup.SECOND);
    assertThat(group.put(leader, 1).isOk()).isFalse();
    group.pass(GIVES_WAY_NANOS);
    assertThat(group.leader()).isNotNull().isNotSameAs(leader);
    OneGroup.isOk(group.put(leader, 1));
    OneGroup.isOk(group.get(leader, 0));
    empty(leader);
    group.await(group.agreement::isAtRest);
    group.agreement.check();
  }

  @Test
  void whereAllDisksAreFullTheLeaderStaysServesReadsAndSaysWhyItRefuses() {
    ZonedNode leader = start();
    group.region.nodes().forEach(FullDisksTest::fill);
    refuses(leader, "disk is full");
    group.region.nodes().forEach(FullDisksTest::empty);
    isAllRightAgain();
  }

  @Test
  void aLeaderWithRoomStaysWhileTheDisksOfTheOthersAreFull() {
    ZonedNode leader = start();
    List<ZonedNode> others = group.region.nodes().stream().filter(node -> node != leader).toList();
    others.forEach(FullDisksTest::fill);
    refuses(leader, "disks of too many members are full");
    others.forEach(FullDisksTest::empty);
    isAllRightAgain();
  }

  private void refuses(ZonedNode leader, String reason) {
    // What is under way as disks fill up stays open, and ends no office.
    group.region.nodes().forEach(node -> group.put(node, 1));
    long until = group.simulator.nowNanos() + GIVES_WAY_NANOS;
    while (group.simulator.nowNanos() < until) {
      // Nothing but writes tells the leader that time matters.
      group.put(leader, 1);
      group.pass(LOOK_NANOS);
      assertThat(group.leader()).as("it may not be elected again").isSameAs(leader);
    }
    for (ZonedNode node : group.region.nodes()) {
      Answer refused = group.put(node, 2);
      assertThat(refused.isOk()).isFalse();
      assertThat(refused.toString()).contains(reason);
      OneGroup.isOk(group.get(node, 0));
    }
    assertThat(group.leader()).isSameAs(leader);
  }

  private void isAllRightAgain() {
    group.pass(ZonedRegion.leaseNanos());
    group.region.nodes().forEach(node -> OneGroup.isOk(group.put(node, 3)));
    group.await(group.agreement::isAtRest);
    group.agreement.check();
  }
}
