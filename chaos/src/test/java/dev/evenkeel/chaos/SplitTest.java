package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three processes in network namespaces of their own, and a leader whose packets get lost in one
/// direction, towards or from one of the others or both. Skipped where this process may not make
/// namespaces.
@Tag("chaos")
class SplitTest {
  /// A lease, an election, and finding out that messages do not get through.
  private static final Duration RESUMED = Duration.ofSeconds(6);

  /// Longer than that, so that a region which does not resume is seen not to.
  private static final Duration HELD = Duration.ofSeconds(8);

  @TempDir private Path folder;

  @Test
  void writesResumeWhenTheLeaderIsCutOffInOneDirection() throws Exception {
    try (SplitNetwork network = SplitNetwork.open(RegionProcesses.NODES)) {
      RegionRun.of(
          SplitTest.class,
          new RegionProcesses(folder, RegionSetup.plain().in(network.places())),
          RegionLoad::new,
          faults -> {
            for (int others = 1; others < RegionProcesses.NODES; others++) {
              cut(faults, network, others, true);
              cut(faults, network, others, false);
            }
          });
    }
  }

  /// @param others how many of the other nodes are concerned
  private static void cut(RegionFaults faults, SplitNetwork network, int others, boolean outgoing)
      throws Exception {
    faults.awaitWhole();
    int leader = faults.region().leader();
    faults.counts().gapMillis();
    for (int i = 1; i <= others; i++) {
      int other = (leader + i) % RegionProcesses.NODES;
      network.cut(outgoing ? leader : other, outgoing ? other : leader);
    }
    Await.pass(HELD);
    long gap = faults.counts().gapMillis();
    int deaf = outgoing ? (leader + 1) % RegionProcesses.NODES : leader;
    assertThat(faults.region().peers(deaf))
        .as("nodes that node %s hears", deaf + 1)
        .hasSizeLessThan(RegionProcesses.NODES - 1);
    network.heal();
    long healedAt = System.nanoTime();
    faults.awaitWhole();
    faults
        .counts()
        .say(
            "the leader's %s packets lost, of %d others: %d ms without writes, whole %d ms after",
            outgoing ? "outgoing" : "incoming",
            others,
            gap,
            (System.nanoTime() - healedAt) / 1_000_000);
    assertThat(gap).as("milliseconds without writes").isLessThan(RESUMED.toMillis());
  }
}
