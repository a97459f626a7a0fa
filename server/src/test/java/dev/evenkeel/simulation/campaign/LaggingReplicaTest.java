package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasGoForward;
import dev.evenkeel.simulation.workload.Session;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A replica falls so far behind that its leader's log no longer reaches back to it.
@ExtendWith(Silence.class)
class LaggingReplicaTest {
  private static final long LIMIT = 30 * OneGroup.SECOND;
  private static final int ITEMS = 300;

  /// Written while all three are there.
  private static final int ITEMS_BEFORE = 3;

  private static final int ITEM_BYTES = 60_000;

  /// Written while the replica is being rebuilt: what it has to apply behind the snapshot.
  private static final int ITEMS_MEANWHILE = 60;

  private OneGroup group = new OneGroup(LIMIT);
  private ZonedRegion region = group.region;
  private int wanted;
  private int written;

  /// Called in a mutant's own classes: what is found; empty for nothing.
  static String verdict(long seed) {
    try {
      new LaggingReplicaTest().of(seed).beginAnewWhenThereIsRoom();
      new LaggingReplicaTest().of(seed).beginAnewWithHardlyAnyRoom();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  private LaggingReplicaTest of(long seed) {
    group = new OneGroup(seed, LIMIT);
    region = group.region;
    return this;
  }

  private void await(BooleanSupplier condition) {
    group.await(condition);
  }

  private static StorageReplica replica(ZonedNode node) {
    StorageNode storage = Objects.requireNonNull(node.storage());
    return Objects.requireNonNull(storage.replica(OneGroup.GROUP));
  }

  private ZonedNode follower() {
    return region.nodes().stream()
        .filter(node -> !replica(node).serves())
        .findFirst()
        .orElseThrow();
  }

  private ZonedNode leader() {
    return Objects.requireNonNull(group.leader());
  }

  private void write(ZonedNode leader, int items) {
    wanted += items;
    write(leader);
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
          if (written < wanted) {
            write(leader);
          }
        });
  }

  /// What the replica that is cut off has, and no snapshot holds any more.
  private void deleteFirst() {
    String key =
        """
        {"TableName":"%s","Key":{"pk":{"S":"a"},"sk":{"S":"0"}}}\
        """
            .formatted(Session.TABLE);
    boolean[] deleted = new boolean[1];
    region.call(leader(), "DeleteItem", key, answer -> deleted[0] = answer.isOk());
    await(() -> deleted[0]);
  }

  /// The store's disk is full when the replica hears that it has to begin anew: that passes.
  @Test
  void aReplicaWhoseStoreIsFullBeginsAnewOnceThereIsRoom() {
    beginAnewWhenThereIsRoom();
  }

  /// Wherever the store refuses a write, the replica goes on from there.
  @Test
  void aReplicaBeginsAnewThoughItsStoreRefusesEveryOtherWrite() {
    beginAnewWithHardlyAnyRoom();
  }

  private void beginAnewWhenThereIsRoom() {
    ZonedNode laggard = fallBehind();
    laggard.machine().store().full(true);
    region.network().heal();
    await(() -> replica(laggard).toString().contains("waits for room"));
    laggard.machine().store().full(false);
    requireRebuilt(laggard);
  }

  private void beginAnewWithHardlyAnyRoom() {
    ZonedNode laggard = fallBehind();
    laggard.machine().store().refuses(0.5);
    region.network().heal();
    await(() -> !replica(laggard).state().isServing() && group.leader() != null);
    write(leader(), ITEMS_MEANWHILE);
    await(() -> written == wanted && replica(laggard).state().isServing());
    laggard.machine().store().refuses(0);
    requireRebuilt(laggard);
  }

  /// A follower that its leader's log does not reach back to, and that is cut off as yet.
  private ZonedNode fallBehind() {
    group.simulator.afterEachStep(new ReplicasGoForward(region)::check);
    group.start();
    write(leader(), ITEMS_BEFORE);
    await(() -> written == wanted && group.agreement.isAtRest());
    ZonedNode laggard = follower();
    region.network().isolate(laggard.number());
    write(leader(), ITEMS);
    await(() -> written == wanted);
    deleteFirst();
    return laggard;
  }

  private void requireRebuilt(ZonedNode laggard) {
    await(group.agreement::isAtRest);
    group.agreement.check();
    assertThat(replica(laggard).restoredBytes()).isPositive();
  }
}
