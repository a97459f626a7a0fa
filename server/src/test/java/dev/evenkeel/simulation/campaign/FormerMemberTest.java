package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.Routes;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.router.RegionReplicas;
import dev.evenkeel.rpc.NodeIdentity;
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

/// A replica whose group does without it holds what was true when it left, until it is told to go.
@ExtendWith(Silence.class)
class FormerMemberTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;

  private Simulator simulator = new Simulator(1);
  private ZonedRegion region = new ZonedRegion(simulator, 4);

  /// Called in a mutant's own classes: what is found; empty for nothing.
  static String verdict(long seed) {
    FormerMemberTest test = new FormerMemberTest();
    test.simulator = new Simulator(seed);
    test.region = new ZonedRegion(test.simulator, 4);
    try {
      test.takeTheBallotOfOneThatIsRemoved();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 30 * SECOND);
  }

  private static @Nullable StorageReplica replica(ZonedNode node) {
    StorageNode storage = node.storage();
    return storage == null ? null : storage.replica(GROUP);
  }

  private @Nullable ZonedNode leader() {
    return region.leader(GROUP);
  }

  private boolean isMember(long identity) {
    ZonedNode leader = leader();
    StorageReplica replica = leader == null ? null : replica(leader);
    return replica == null || replica.configuration().contains(identity);
  }

  /// Two members that do not lead, of the three that have a replica.
  private List<ZonedNode> followers() {
    region.start();
    await(region::serves);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() ->
        leader() != null
            && region.nodes().stream().filter(node -> replica(node) != null).count() == 3);
    ZonedNode leader = leader();
    return region.nodes().stream().filter(node -> replica(node) != null && node != leader).toList();
  }

  private static StorageNode storage(ZonedNode node) {
    return Objects.requireNonNull(node.storage());
  }

  @Test
  void nobodyReadsFromAReplicaThatIsKnownToBeNoMemberAnyMore() {
    ZonedNode former = followers().getFirst();
    StorageNode storage = storage(former);
    RegionReplicas seen = new RegionReplicas(List.of(storage));
    assertThat(seen.nodes(GROUP, false)).startsWith(storage.self());

    region.network().isolate(former.number());
    await(() -> !isMember(storage.self()));
    region.network().heal();
    await(() -> {
      Routes.Route route = storage.routes().find(GROUP);
      return route != null && !route.configuration().contains(storage.self());
    });
    assertThat(replica(former)).as("it is still there").isNotNull();
    assertThat(seen.nodes(GROUP, false)).doesNotContain(storage.self()).isNotEmpty();
  }

  /// A member that has lost the leader takes the ballot of one that is removed before it says that
  /// it gives it up. Nobody holds that ballot any more, and the node that it is of is well.
  @Test
  void theBallotOfAReplicaThatIsRemovedBindsNobody() {
    takeTheBallotOfOneThatIsRemoved();
  }

  private void takeTheBallotOfOneThatIsRemoved() {
    ReplicasAgree agreement = new ReplicasAgree(region);
    List<ZonedNode> followers = followers();
    ZonedNode former = followers.getFirst();
    ZonedNode other = followers.getLast();
    long identity = storage(former).self();
    region.network().isolate(former.number());
    await(() -> !isMember(identity) && agreement.isAtRest());
    Configuration configuration =
        Objects.requireNonNull(replica(Objects.requireNonNull(leader()))).configuration();

    region.network().isolate(other.number());
    region.network().wire(former.number(), other.number()).cut(false);
    region.network().wire(other.number(), former.number()).cut(false);
    String bound = " of " + NodeIdentity.text(identity);
    await(() -> String.valueOf(replica(other)).contains(bound));
    storage(other).messenger().send(identity, new NodeMessage.NotMember(GROUP, configuration));
    await(() -> replica(former) == null);
    assertThat(replica(other)).asString().contains(bound);
    region.network().heal();
    await(agreement::isAtRest);
  }
}
