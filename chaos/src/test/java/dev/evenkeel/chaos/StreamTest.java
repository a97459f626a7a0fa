package dev.evenkeel.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stream that is read while leaders of its table, and the nodes that are asked for records, are
/// killed.
@Tag("chaos")
class StreamTest {
  private static final int LEADERS = 3;

  @TempDir private Path folder;

  @Test
  void consumerGetsEachMutationOnceAndInOrder() throws Exception {
    RegionRun.of(
        StreamTest.class,
        new RegionProcesses(folder),
        StreamLoad::new,
        faults -> {
          faults.killEach();
          while (faults.leadersKilled() < LEADERS) {
            faults.killLeader();
          }
        });
  }
}
