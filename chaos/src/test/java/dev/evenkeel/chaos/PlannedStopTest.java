package dev.evenkeel.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("chaos")
class PlannedStopTest {
  @TempDir private Path folder;

  @Test
  void noRequestFailsWhileEachProcessIsToldToStop() throws Exception {
    RegionRun.of(
        PlannedStopTest.class,
        new RegionProcesses(folder),
        RegionLoad::new,
        RegionFaults::stopEachInOrder);
  }
}
