package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.rpc.NodeIdentity;
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

/// Law R5: a disk that lost its data has a new identity, and the old one's place in a group is not
/// its own.
@ExtendWith(Silence.class)
class LostDiskTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 3);
  private final ReplicasAgree agreement = new ReplicasAgree(region);

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 60 * SECOND);
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
    return region.nodes().stream().filter(LostDiskTest::leads).findFirst().orElse(null);
  }

  private static long identity(ZonedNode node) {
    return Objects.requireNonNull(node.storage()).self();
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

  private Answer get(ZonedNode node, int sort) {
    String key =
        """
        {"TableName":"%s","ConsistentRead":true,"Key":{"pk":{"S":"a"},"sk":{"S":"%d"}}}\
        """
            .formatted(Session.TABLE, sort);
    return call(node, "GetItem", key);
  }

  private void start() {
    region.start();
    await(region::serves);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() -> leader() != null && agreement.isAtRest());
    pass(SECOND);
    region.nodes().forEach(node -> isOk(put(node, 1)));
  }

  /// Of three members one leads, one is cut off, and one has lost its disk: the last has no vote,
  /// so nothing is chosen, nobody leads, and the group cannot even put it in its own former place.
  @Test
  void aNodeWithALostDiskDoesNotVoteInItsFormerPlace() {
    start();
    ZonedNode leader = Objects.requireNonNull(leader());
    List<ZonedNode> others = region.nodes().stream().filter(node -> node != leader).toList();
    ZonedNode cutOff = others.getFirst();
    ZonedNode lost = others.getLast();
    long former = identity(lost);
    region.network().isolate(cutOff.number());
    lost.loseDisk();
    await(() -> lost.storage() != null);
    long now = identity(lost);
    assertThat(NodeIdentity.node(now)).isEqualTo(NodeIdentity.node(former));
    assertThat(now).isNotEqualTo(former);
    await(() -> Objects.requireNonNull(leader.storage()).messenger().connected().contains(now));

    pass(10 * ZonedRegion.leaseNanos());
    assertThat(leader()).isNull();
    assertThat(put(leader, 2).isOk()).as("a write that one disk of two has").isFalse();

    region.network().heal();
    await(() -> leader() != null && agreement.isAtRest());
    ZonedNode next = Objects.requireNonNull(leader());
    StorageReplica replica =
        Objects.requireNonNull(Objects.requireNonNull(next.storage()).replica(GROUP));
    assertThat(replica.configuration().contains(now)).isTrue();
    assertThat(replica.configuration().contains(former)).isFalse();
    assertThat(get(next, 1).body()).contains("\"1\"");
  }
}
