package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.rpc.NodeIdentity;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Law R5: a disk that lost its data has a new identity, and the old one's place in a group is not
/// its own.
@ExtendWith(Silence.class)
class LostDiskTest {
  private final OneGroup group = new OneGroup(60 * OneGroup.SECOND);

  private static long identity(ZonedNode node) {
    return Objects.requireNonNull(node.storage()).self();
  }

  /// Of three members one leads, one is cut off, and one has lost its disk: the last has no vote,
  /// so nothing is chosen, nobody leads, and the group cannot even put it in its own former place.
  @Test
  void aNodeWithALostDiskDoesNotVoteInItsFormerPlace() {
    group.start(1);
    ZonedNode leader = Objects.requireNonNull(group.leader());
    List<ZonedNode> others = group.region.nodes().stream().filter(node -> node != leader).toList();
    ZonedNode cutOff = others.getFirst();
    ZonedNode lost = others.getLast();
    long former = identity(lost);
    group.region.network().isolate(cutOff.number());
    lost.loseDisk();
    group.await(() -> lost.storage() != null);
    long now = identity(lost);
    assertThat(NodeIdentity.node(now)).isEqualTo(NodeIdentity.node(former));
    assertThat(now).isNotEqualTo(former);
    group.await(
        () -> Objects.requireNonNull(leader.storage()).messenger().connected().contains(now));

    group.pass(10 * ZonedRegion.leaseNanos());
    assertThat(group.leader()).isNull();
    assertThat(group.put(leader, 2).isOk()).as("a write that one disk of two has").isFalse();

    group.region.network().heal();
    group.await(() -> group.leader() != null && group.agreement.isAtRest());
    ZonedNode next = Objects.requireNonNull(group.leader());
    StorageReplica replica =
        Objects.requireNonNull(Objects.requireNonNull(next.storage()).replica(OneGroup.GROUP));
    assertThat(replica.configuration().contains(now)).isTrue();
    assertThat(replica.configuration().contains(former)).isFalse();
    assertThat(group.get(next, 1).body()).contains("\"1\"");
  }
}
