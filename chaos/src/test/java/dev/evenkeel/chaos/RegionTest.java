package dev.evenkeel.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A region of three processes under load, each of which is killed in turn, and whose leader stands
/// still. The long form (`-Dchaos.long=true`) goes on until 100,000 operations are acknowledged and
/// judged, and 40 kills are done.
@Tag("chaos")
class RegionTest {
  private static final boolean LONG = Boolean.getBoolean("chaos.long");
  private static final long ACKNOWLEDGED_LONG = 100_000;
  private static final int KILLS_LONG = 40;

  @TempDir private Path folder;

  @Test
  void acknowledgedOperationsSurviveKillsOfEachProcess() throws Exception {
    RegionRun.of(
        RegionTest.class,
        new RegionProcesses(folder),
        RegionLoad::new,
        faults -> {
          do {
            faults.killEach();
            faults.killLeader();
            faults.pauseLeader();
          } while (LONG && isShort(faults));
        });
  }

  private static boolean isShort(RegionFaults faults) {
    return faults.counts().judged() < ACKNOWLEDGED_LONG || faults.kills() < KILLS_LONG;
  }
}
