package dev.evenkeel.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Replicas that are opened on a node in trouble.
class OpeningTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 77;

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 3);

  private StorageNode storage(ZonedNode node) {
    return Objects.requireNonNull(node.storage());
  }

  @Test
  void anOpeningThatTheStoreRefusedSucceedsLater() {
    region.start();
    simulator.runUntil(region::serves, 10 * SECOND);
    List<Member> members =
        region.nodes().stream()
            .map(node -> new Member(storage(node).self(), Member.Kind.STORAGE))
            .toList();
    NodeMessage.Open open = new NodeMessage.Open(GROUP, 0, false, Configuration.first(members));
    ZonedNode node = region.nodes().iterator().next();
    node.machine().store().full(true);
    assertThat(storage(node).open(open)).contains("No space left");
    assertThat(storage(node).replica(GROUP)).isNull();
    node.machine().store().full(false);
    assertThat(storage(node).open(open)).isEmpty();
    assertThat(storage(node).replica(GROUP)).isNotNull();
  }
}
