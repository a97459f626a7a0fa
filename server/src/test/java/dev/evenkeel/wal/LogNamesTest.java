package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.PowerLoss;
import dev.evenkeel.simulation.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Names of files, where one life of the process dies and the power fails in the next.
class LogNamesTest {
  private static final int OPERATIONS = 30;

  /// So that a former segment can take the place of any other.
  private static final LogOptions SEGMENTS_OF_ONE_SIZE =
      new LogOptions(
          "log", 32 << 10, 32 << 10, 16 << 10, 48 << 10, 16 << 10, 2, Duration.ofSeconds(1));

  /// A renamed file whose folder was not synced bears its new name in the page cache only: whoever
  /// finds it there and uses it again would find it under the old name after a power loss.
  @Test
  void namesThatADeadProcessLeftUnsyncedAreMadeDurableBeforeUse() throws IOException {
    for (int first = 1; first <= OPERATIONS; first++) {
      for (int second = 1; second <= OPERATIONS; second++) {
        LogLife life = unsealed(first);
        SimulatedDisk disk = life.world().disk();
        openUntil(life, first);
        disk.kill();
        openUntil(life, second);
        disk.crash(CrashLoss.EVERYTHING);
        assertThatCode(life::reopen)
            .as("killed at operation %d, without power at %d", first, second)
            .doesNotThrowAnyException();
      }
    }
  }

  /// A log whose last batch is not sealed, with an empty segment behind it.
  private static LogLife unsealed(long seed) throws IOException {
    LogLife life = LogLife.begin(seed, SEGMENTS_OF_ONE_SIZE);
    life.model().append(life.door(1), 40, new SplittableRandom(seed));
    life.world().settle();
    life.world().disk().kill();
    return life;
  }

  private static void openUntil(LogLife life, long operation) throws IOException {
    life.world().disk().faults().powerLossAtOperation(operation);
    try {
      life.reopen();
      life.world().settle();
    } catch (PowerLoss _) {
      // The process got this far.
    }
    life.world().forget();
  }
}
