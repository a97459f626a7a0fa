package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.paxos.Options;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Nodes without work sleep, and wake up where they have to.
@ExtendWith(Silence.class)
class IdleRegionTest {
  private static final int NODES = 3;

  /// A second and node: ten looks at the room of the disk, two at the indexes, a ping for each of
  /// two connections, and those for calls that may be late.
  private static final int OTHER_TIMERS = 18;

  private final OneGroup group = new OneGroup(60 * OneGroup.SECOND);

  private void rest() {
    group.start(1);
    group.pass(10 * OneGroup.SECOND);
  }

  @Test
  void anIdleNodeWakesUpForHeartbeats() {
    group.region.storage(StorageOptions.DEFAULT);
    rest();
    long before = timers();
    group.pass(10 * OneGroup.SECOND);
    double eachSecond = (timers() - before) / 10.0 / NODES;
    double heartbeats = (double) OneGroup.SECOND / Options.DEFAULT.heartbeat().toNanos();
    assertThat(eachSecond).isBetween(heartbeats, heartbeats + OTHER_TIMERS);
  }

  private long timers() {
    return group.region.nodes().stream().mapToLong(node -> node.machine().timers()).sum();
  }

  /// With nobody asking for anything, support that lapses is all that says it.
  @Test
  void anIdleGroupFindsAnotherLeaderAtTheEndOfTheLease() {
    rest();
    ZonedNode leader = Objects.requireNonNull(group.leader());
    group.region.network().isolate(leader.number());
    long begun = group.simulator.nowNanos();
    group.await(() -> group.leader() != null && group.leader() != leader);
    assertThat(group.simulator.nowNanos() - begun)
        .isLessThan(ZonedRegion.leaseNanos() + OneGroup.SECOND / 2);
  }

  /// The others hear of the next life before the lease of the former one ends.
  @Test
  void theNextLifeOfALeaderEndsTheLeaseOfTheFormer() {
    rest();
    ZonedNode leader = Objects.requireNonNull(group.leader());
    int life = leader.machine().lives();
    leader.machine().kill();
    group.await(() -> leader.machine().lives() > life && leader.storage() != null);
    long begun = group.simulator.nowNanos();
    group.await(() -> group.leader() != null);
    assertThat(group.simulator.nowNanos() - begun).isLessThan(OneGroup.SECOND / 2);
  }
}
