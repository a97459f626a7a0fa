package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.workload.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A consistent read takes longer than the lease under which it began.
@ExtendWith(Silence.class)
class LeaseReadTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 3);
  private final List<ReadOutcome> outcomes = new ArrayList<>();

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 30 * SECOND);
  }

  private ZonedNode start() {
    region.start();
    await(region::serves);
    region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
    await(() -> region.leader(GROUP) != null);
    return Objects.requireNonNull(region.leader(GROUP));
  }

  /// The item's bytes are on a disk that hangs; meanwhile another is elected, and this replica may
  /// hold nothing any more.
  @Test
  void aReadThatOutlivesItsLeaseIsNotAnswered() {
    ZonedNode leader = start();
    read(leader);
    region.network().isolate(leader.number());
    await(() -> region.leader(GROUP) != null && region.leader(GROUP) != leader);
    assertThat(outcomes).isEmpty();
    leader.machine().hangReads(false);
    await(() -> !outcomes.isEmpty());
    assertThat(outcomes).hasOnlyElementsOfType(ReadOutcome.NotLeader.class);
  }

  @Test
  void aReadThatEndsWithinItsLeaseIsAnswered() {
    ZonedNode leader = start();
    read(leader);
    leader.machine().hangReads(false);
    await(() -> !outcomes.isEmpty());
    assertThat(outcomes).containsExactly(new ReadOutcome.Item(null));
  }

  private void read(ZonedNode leader) {
    leader.machine().store().cold(1);
    leader.machine().hangReads(true);
    StorageReplica replica =
        Objects.requireNonNull(Objects.requireNonNull(leader.storage()).replica(GROUP));
    byte[] key = StoredKeys.item(GROUP, new AttributeValue.S("a"), new AttributeValue.S("b"));
    replica.read(key, true, outcomes::add);
  }
}
