package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import dev.evenkeel.simulation.workload.Session;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How long a group is without a leader, in virtual time: what a busy machine cannot blur.
@ExtendWith(Silence.class)
class FailOverTimeTest {
  private static final long SECOND = 1_000_000_000;
  private static final long GROUP = 2;
  private static final int SEEDS = 10;

  /// A group is without writes for no longer than this.
  private static final long BOUND_NANOS = 2 * ZonedRegion.leaseNanos();

  /// One fail-over.
  private static final class Run {
    private final Simulator simulator;
    private final ZonedRegion region;
    private boolean ended;
    private long written;

    Run(long seed) {
      simulator = new Simulator(seed);
      region =
          new ZonedRegion(
              simulator,
              3,
              new LogOptions(
                  "log",
                  1 << 20,
                  512 << 10,
                  256 << 10,
                  1 << 20,
                  1 << 20,
                  2,
                  Duration.ofMillis(100)),
              new Telemetry());
    }

    private void await(BooleanSupplier condition) {
      simulator.runUntil(condition, 30 * SECOND);
    }

    /// @return nanoseconds from the fault until a write is acknowledged that came after it
    long nanosUntilWritten(Consumer<ZonedNode> fault) {
      region.start();
      await(region::serves);
      ReplicasAgree agreement = new ReplicasAgree(region);
      region.call("CreateTable", Session.creation(Session.TABLE), _ -> {});
      await(() -> region.leader(GROUP) != null && agreement.isAtRest());
      ZonedNode leader = Objects.requireNonNull(region.leader(GROUP));
      region.nodes().stream().filter(node -> node != leader).forEach(this::write);
      await(() -> written > 20);
      fault.accept(leader);
      long begun = simulator.nowNanos();
      // Answers of the leader may still be on their way.
      await(() -> simulator.nowNanos() > begun + SECOND / 100);
      long before = written;
      await(() -> written > before);
      ended = true;
      return simulator.nowNanos() - begun;
    }

    /// Writes through that node, again and again.
    private void write(ZonedNode node) {
      if (ended) {
        return;
      }
      String item =
          "{\"TableName\":\"%s\",\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"%d\"}}}"
              .formatted(Session.TABLE, node.number());
      region.call(
          node,
          "PutItem",
          item,
          answer -> {
            written += answer.kind() == Answer.Kind.OK ? 1 : 0;
            write(node);
          });
    }
  }

  private static List<Long> millis(boolean killed) {
    List<Long> all = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Run run = new Run(seed);
      long nanos =
          run.nanosUntilWritten(leader -> {
            if (killed) {
              leader.machine().kill();
            } else {
              run.region.network().isolate(leader.number());
            }
          });
      all.add(nanos / 1_000_000);
    }
    Collections.sort(all);
    return all;
  }

  @Test
  void aLeaderThatIsKilledIsReplacedWithinTwoLeases() {
    List<Long> millis = millis(true);
    System.out.println("milliseconds without writes, leaders killed: " + millis);
    assertThat(millis.getLast() * 1_000_000).isLessThanOrEqualTo(BOUND_NANOS);
  }

  @Test
  void aLeaderThatIsCutOffIsReplacedWithinTwoLeases() {
    List<Long> millis = millis(false);
    System.out.println("milliseconds without writes, leaders cut off: " + millis);
    assertThat(millis.getLast() * 1_000_000).isLessThanOrEqualTo(BOUND_NANOS);
  }
}
