package dev.evenkeel.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.node.Database;
import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.Log;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The first start of a node, which dies at each operation of its disk: the next one begins again,
/// and from the moment on in which the first could have promised something, none begins anew.
class FirstStartTest {
  private static final long SECOND = 1_000_000_000;
  private static final StorageOptions STORAGE = new StorageOptions(Duration.ofSeconds(1), 3);

  /// What each death leaves of what was not synced: nothing, all, some.
  private static final List<CrashLoss> LOSSES =
      List.of(CrashLoss.EVERYTHING, CrashLoss.NOTHING, CrashLoss.ARBITRARY);

  /// A machine that was never started.
  private static final class Machine {
    private final Simulator simulator;
    private final SimulatedNode<Long> node;

    /// Whether the node only counts what its log holds.
    private boolean counts;

    Machine(long seed, CrashLoss loss) {
      simulator = new Simulator(seed);
      node = new SimulatedNode<>(simulator, "node", this::open);
      node.loss(loss);
    }

    private long open(Environment environment, ItemStore store) throws IOException {
      if (counts) {
        long[] records = new long[1];
        Log.open(
            environment, ZonedRegion.LOG, (group, kind, ballot, slot, payload) -> records[0]++);
        return records[0];
      }
      Database.open(
          environment,
          store,
          new Database.Options(
              "local", () -> "localhost", new Telemetry(), ZonedRegion.LOG, STORAGE));
      return -1L;
    }

    /// Starts the node; whether it got so far that it serves. A node that died is down.
    boolean starts() {
      int lives = node.lives() + 1;
      boolean[] down = new boolean[1];
      node.whenDown(() -> down[0] = true);
      node.start();
      assertThat(node.lives()).isEqualTo(lives);
      simulator.runUntil(
          () -> down[0] || node.service() != null || node.refusal() != null, 10 * SECOND);
      return !down[0] && node.refusal() == null;
    }

    private boolean isMarked() {
      try {
        return new String(node.disk().contents(NodeFile.NAME), UTF_8).contains("begun=true");
      } catch (FileNotFoundException e) {
        return false;
      }
    }

    private void loseLog() throws IOException {
      for (String file : node.disk().files()) {
        if (file.startsWith("log/")) {
          node.disk().delete(file);
        }
      }
    }

    /// Dies at that operation; whether it did.
    boolean diesAt(long operation) {
      node.disk().faults().powerLossAtOperation(operation);
      boolean dies = !starts();
      if (!dies) {
        node.disk().faults().heal();
      }
      return dies;
    }

    /// False when the first start needs fewer operations.
    boolean survivesDeathAt(long operation) throws IOException {
      if (!diesAt(operation)) {
        return false;
      }
      if (!node.disk().files().contains(NodeFile.NAME)) {
        assertThat(node.disk().files()).noneMatch(file -> file.startsWith("log/"));
      } else if (!isMarked()) {
        counts = true;
        assertThat(starts()).isTrue();
        assertThat(node.service()).as("records without the mark").isZero();
        counts = false;
        node.kill();
      }
      assertThat(starts())
          .as("after a death at operation %d: %s", operation, node.refusal())
          .isTrue();
      assertThat(isMarked()).isTrue();
      node.crash();
      loseLog();
      assertThat(starts()).as("without its log").isFalse();
      assertThat(node.refusal()).hasMessageContaining("the write-ahead log is missing");
      return true;
    }
  }

  @Test
  void aStartAfterOneThatDiedBeginsAgain() throws IOException {
    for (CrashLoss loss : LOSSES) {
      long operation = 1;
      while (new Machine(operation, loss).survivesDeathAt(operation)) {
        operation++;
      }
      assertThat(operation).as("operations of a first start").isGreaterThan(20);
    }
  }

  @Test
  void twoStartsInARowMayDie() {
    for (long first = 1; first <= 40; first += 3) {
      for (long second = 1; second <= 40; second += 3) {
        Machine run = new Machine(first * 100 + second, CrashLoss.ARBITRARY);
        run.diesAt(first);
        if (!run.node.isUp()) {
          run.diesAt(second);
        }
        assertThat(run.node.isUp() || run.starts())
            .as("after deaths at operations %d and %d: %s", first, second, run.node.refusal())
            .isTrue();
        assertThat(run.node.refusal()).isNull();
      }
    }
  }
}
