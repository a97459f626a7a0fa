package dev.evenkeel.chaos;

import java.nio.file.Path;
import java.util.Random;
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
  private static final int CLIENTS_PER_NODE = 6;

  @TempDir private Path folder;

  @Test
  void writesResumeWithinTwoLeasesEachTime() throws Exception {
    long seed = Seed.choose();
    try (RegionProcesses region = new RegionProcesses(folder)) {
      region.start();
      try (Connection connection = region.node(0).connect()) {
        Table.create(connection);
      }
      RegionLoad load = new RegionLoad(region.ports(), seed);
      load.start(CLIENTS_PER_NODE);
      RegionFaults faults = new RegionFaults(region, load, new Random(seed));
      faults.awaitWrites();
      for (int i = 0; i < KILLS; i++) {
        faults.killLeader();
      }
      for (int i = 0; i < PAUSES; i++) {
        faults.pauseLeader();
      }
      load.stop();
      load.counts().say("%s", load.counts());
      load.verify(region.ports()[0]);
      faults.verifyGaps();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(Seed.repeat(FailOverTest.class, seed) + "; " + e.getMessage(), e);
    }
  }
}
