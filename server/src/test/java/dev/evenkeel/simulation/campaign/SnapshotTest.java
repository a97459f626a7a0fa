package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.fault.LostDisk;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import dev.evenkeel.simulation.workload.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The pieces from which a replica is rebuilt, on a node that has lost its disk.
@ExtendWith(Silence.class)
class SnapshotTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;
  private static final int ITEMS = 100;
  private static final int ITEM_BYTES = 60_000;

  /// What a replica may fetch in a second at the most.
  private static final double BYTES_PER_SECOND_MAX = 128 << 20;

  private static final int DAMAGED = 3;

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 3);
  private final ReplicasAgree agreement = new ReplicasAgree(region);
  private int written;

  /// Those of the table that came, and when; in their order.
  private final List<Arrival> arrivals = new ArrayList<>();

  private record Arrival(NodeMessage.Piece piece, long nanos) {
    /// The first key of the next piece tells one piece from another.
    boolean isOf(Arrival other) {
      return java.util.Arrays.equals(piece.next(), other.piece.next());
    }
  }

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 60 * SECOND);
  }

  private static boolean leads(ZonedNode node) {
    StorageNode storage = node.storage();
    StorageReplica replica = storage == null ? null : storage.replica(GROUP);
    return replica != null && replica.serves();
  }

  private void write(ZonedNode leader) {
    String item =
        """
        {"TableName":"%s","Item":{"pk":{"S":"a"},"sk":{"S":"%d"},"d":{"S":"%s"}}}\
        """
            .formatted(Session.TABLE, written, "p".repeat(ITEM_BYTES));
    region.call(
        leader,
        "PutItem",
        item,
        answer -> {
          written += answer.isOk() ? 1 : 0;
          if (written < ITEMS) {
            write(leader);
          }
        });
  }

  /// Who is rebuilt: a node that does not lead the table, which loses its disk.
  private void loseDisk() {
    region.start();
    await(region::serves);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() -> region.nodes().stream().anyMatch(SnapshotTest::leads) && agreement.isAtRest());
    ZonedNode leader =
        region.nodes().stream().filter(SnapshotTest::leads).findFirst().orElseThrow();
    write(leader);
    await(() -> written == ITEMS && agreement.isAtRest());
    region.nodes().stream().filter(node -> node != leader).findFirst().orElseThrow().loseDisk();
  }

  /// @param damaged so many of the first pieces are damaged
  private void rebuild(int damaged) {
    loseDisk();
    region.whenReceived(message -> {
      if (!(message instanceof NodeMessage.Piece piece) || piece.pairs().length < ITEM_BYTES) {
        return message;
      }
      NodeMessage.Piece received = arrivals.size() < damaged ? LostDisk.damaged(piece) : piece;
      arrivals.add(new Arrival(received, simulator.nowNanos()));
      return received;
    });
    await(agreement::isAtRest);
    agreement.check();
    assertThat(arrivals).hasSizeGreaterThan(ITEMS * ITEM_BYTES / (600 << 10));
  }

  @Test
  void aDamagedPieceIsAskedForAgainAndNeverTaken() {
    rebuild(DAMAGED);
    // The leader's and the other member's, then the leader's again.
    List<Arrival> first = arrivals.subList(0, DAMAGED);
    assertThat(first).allMatch(each -> each.isOf(arrivals.get(DAMAGED)));
  }

  @Test
  void piecesComeNoFasterThanTheyMay() {
    rebuild(0);
    for (int i = 1; i < arrivals.size(); i++) {
      Arrival before = arrivals.get(i - 1);
      double seconds = (arrivals.get(i).nanos - before.nanos) / (double) SECOND;
      assertThat(before.piece.pairs().length / seconds).isLessThanOrEqualTo(BYTES_PER_SECOND_MAX);
    }
  }
}
