package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.Routes;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.router.RegionReplicas;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
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

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 4);

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 30 * SECOND);
  }

  private static @Nullable StorageReplica replica(ZonedNode node) {
    StorageNode storage = node.storage();
    return storage == null ? null : storage.replica(GROUP);
  }

  private static boolean leads(ZonedNode node) {
    StorageReplica replica = replica(node);
    return replica != null && replica.serves();
  }

  private @Nullable ZonedNode leader() {
    return region.nodes().stream().filter(FormerMemberTest::leads).findFirst().orElse(null);
  }

  private boolean isMember(long identity) {
    ZonedNode leader = leader();
    StorageReplica replica = leader == null ? null : replica(leader);
    return replica == null || replica.configuration().contains(identity);
  }

  @Test
  void nobodyReadsFromAReplicaThatIsKnownToBeNoMemberAnyMore() {
    region.start();
    await(region::serves);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() ->
        leader() != null
            && region.nodes().stream().filter(node -> replica(node) != null).count() == 3);
    ZonedNode former =
        region.nodes().stream()
            .filter(node -> replica(node) != null && !leads(node))
            .findFirst()
            .orElseThrow();
    StorageNode storage = Objects.requireNonNull(former.storage());
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
}
