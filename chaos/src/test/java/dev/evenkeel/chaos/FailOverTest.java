package dev.evenkeel.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long a region under load goes without writes when its leader dies or stands still: two
/// leases at most, each time. The long form (`-Dchaos.long=true`) does it more often.
@Tag("chaos")
class FailOverTest {
  private static final boolean LONG = Boolean.getBoolean("chaos.long");
  private static final int KILLS = LONG ? 10 : 3;
  private static final int PAUSES = LONG ? 5 : 2;

  @TempDir private Path folder;

  @Test
  void writesResumeWithinTwoLeasesEachTime() throws Exception {
    RegionRun.of(
        FailOverTest.class,
        new RegionProcesses(folder),
        RegionLoad::new,
        faults -> {
          for (int i = 0; i < KILLS; i++) {
            faults.killLeader();
          }
          for (int i = 0; i < PAUSES; i++) {
            faults.pauseLeader();
          }
        });
  }
}
