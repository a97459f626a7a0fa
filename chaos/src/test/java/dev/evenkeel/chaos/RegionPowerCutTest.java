package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A region of three processes under load, whose power is cut: of each, of two, of all at once.
/// What they did not sync is gone. The long form (`-Dchaos.long=true`) does it more often.
@Tag("chaos")
class RegionPowerCutTest {
  private static final int ROUNDS = Boolean.getBoolean("chaos.long") ? 10 : 1;
  private static final List<Integer> ALL = List.of(0, 1, 2);

  @TempDir private Path folder;

  @Test
  void acknowledgedOperationsSurvivePowerCuts() throws Exception {
    cut(
        RegionSetup.plain(),
        RegionLoad::new,
        List.of(ALL, List.of(0), List.of(1), ALL, List.of(2), List.of(1, 2), ALL));
  }

  @Test
  void moneySurvivesPowerCuts() throws Exception {
    RegionSetup setup = RegionSetup.plain().withTables(Account.TABLES.size());
    cut(setup, BankLoad::new, List.of(ALL, List.of(0, 1), ALL));
  }

  @Test
  void streamSurvivesPowerCuts() throws Exception {
    cut(RegionSetup.plain(), StreamLoad::new, List.of(ALL, List.of(1, 2), ALL));
  }

  /// @param cuts the nodes that each strikes
  private void cut(
      RegionSetup setup, LongFunction<? extends Workload> load, List<List<Integer>> cuts)
      throws Exception {
    RegionRun.of(
        RegionPowerCutTest.class,
        new RegionProcesses(folder, setup.onVolatileDisks()),
        load,
        faults -> {
          for (int i = 0; i < ROUNDS; i++) {
            for (List<Integer> nodes : cuts) {
              faults.cutPower(nodes);
            }
          }
          faults.awaitWhole();
          assertThat(faults.undone().writes()).as("writes to files at risk").isPositive();
        });
  }
}
