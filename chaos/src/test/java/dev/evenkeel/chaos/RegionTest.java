package dev.evenkeel.chaos;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A region of three processes under load, through everything that may happen to them. The long
/// form (`-Dchaos.long=true`) goes on until 100,000 operations are acknowledged.
@Tag("chaos")
class RegionTest {
  private static final int CLIENTS_PER_NODE = 6;
  private static final long ACKNOWLEDGED_LONG = 100_000;

  @TempDir private Path folder;

  @Test
  void acknowledgedOperationsSurviveAllThatHappensToThreeProcesses() throws Exception {
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
      do {
        faults.killEach();
        faults.pauseLeader();
        faults.stopEachInOrder();
        faults.loseDirectory();
        faults.loseTwo();
      } while (Boolean.getBoolean("chaos.long")
          && load.counts().acknowledged() < ACKNOWLEDGED_LONG);
      load.stop();
      load.counts().say("%s", load.counts());
      load.verify(region.ports()[0]);
      faults.verifyGaps();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(Seed.repeat(RegionTest.class, seed) + "; " + e.getMessage(), e);
    }
  }
}
