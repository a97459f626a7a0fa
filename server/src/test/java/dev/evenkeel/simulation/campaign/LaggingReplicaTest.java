package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import dev.evenkeel.simulation.invariant.ReplicasGoForward;
import dev.evenkeel.simulation.workload.Session;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A replica falls so far behind that its leader's log no longer reaches back to it.
@ExtendWith(Silence.class)
class LaggingReplicaTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;
  private static final int ITEMS = 300;
  private static final int ITEM_BYTES = 60_000;

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region =
      new ZonedRegion(
          simulator,
          3,
          new LogOptions(
              "log", 1 << 20, 512 << 10, 256 << 10, 1 << 20, 1 << 20, 2, Duration.ofMillis(100)),
          new Telemetry());
  private int written;

  /// Called in a mutant's own classes: what is found; empty for nothing.
  static String verdict(long ignored) {
    try {
      new LaggingReplicaTest().fallBehind();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 30 * SECOND);
  }

  private static StorageReplica replica(ZonedNode node) {
    StorageNode storage = Objects.requireNonNull(node.storage());
    return Objects.requireNonNull(storage.replica(GROUP));
  }

  private ZonedNode follower() {
    return region.nodes().stream()
        .filter(node -> !replica(node).serves())
        .findFirst()
        .orElseThrow();
  }

  private ZonedNode leader() {
    return region.nodes().stream().filter(node -> replica(node).serves()).findFirst().orElseThrow();
  }

  /// Writes an item, then the next; an answer that is none is asked for again.
  private void write(ZonedNode leader) {
    String item =
        """
        {"TableName":"%s","Item":{"pk":{"S":"a"},"sk":{"S":"%d"},"v":{"S":"x"},"d":{"S":"%s"}}}\
        """
            .formatted(Session.TABLE, written, "p".repeat(ITEM_BYTES));
    region.call(
        leader,
        "PutItem",
        item,
        answer -> {
          written += answer.kind() == Answer.Kind.OK ? 1 : 0;
          if (written < ITEMS) {
            write(leader);
          }
        });
  }

  /// The store's disk is full when the replica hears that it has to begin anew: that passes.
  @Test
  void aReplicaWhoseStoreIsFullBeginsAnewOnceThereIsRoom() {
    fallBehind();
  }

  private void fallBehind() {
    region.start();
    simulator.afterEachStep(new ReplicasGoForward(region)::check);
    await(region::serves);
    ReplicasAgree agreement = new ReplicasAgree(region);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() ->
        region.nodes().stream()
                .allMatch(node -> node.storage() != null && node.storage().replica(GROUP) != null)
            && agreement.isAtRest());
    ZonedNode laggard = follower();
    region.network().isolate(laggard.number());
    write(leader());
    await(() -> written == ITEMS);
    laggard.machine().store().full(true);
    region.network().heal();
    await(() -> replica(laggard).toString().contains("waits for room"));
    laggard.machine().store().full(false);
    await(agreement::isAtRest);
    agreement.check();
    assertThat(replica(laggard).restoredBytes()).isPositive();
  }
}
