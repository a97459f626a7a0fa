package dev.evenkeel.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A region that loses more than a process: the directory of one, a bit of another's log, or two at
/// once.
@Tag("chaos")
class LossTest {
  @TempDir private Path folder;

  @Test
  void acknowledgedOperationsSurviveALostDirectoryADamagedLogAndALostQuorum() throws Exception {
    RegionRun.of(
        LossTest.class,
        new RegionProcesses(folder),
        RegionLoad::new,
        faults -> {
          faults.loseDirectory();
          faults.damageLog();
          faults.loseTwo();
        });
  }
}
