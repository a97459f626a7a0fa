package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A region of three to five nodes in one thread, under what can go wrong with nodes, disks and the
/// network between them, with the same seeds each time. [SimulationCampaignTest] is the long
/// version, with fresh ones.
@ExtendWith(Silence.class)
class RegionSimulationTest {
  private static final int FIXED_SEEDS = 30;
  private static final int SEEDS_RUN_TWICE = 2;

  @Test
  void nothingAcknowledgedIsLostAndEveryGroupIsWholeAgain() {
    Telemetry telemetry = new Telemetry();
    for (int seed = 0; seed < FIXED_SEEDS; seed++) {
      RegionCampaign.run(seed, RegionFaults.DRAWN, telemetry);
    }
    assertThat(telemetry.probes().missing(Coverage.ofTheRegion()))
        .as("events that never occurred")
        .isEmpty();
  }

  @Test
  void theSameSeedLeavesTheSameTrace() {
    for (int seed = 1; seed <= SEEDS_RUN_TWICE; seed++) {
      ZonedScenario.Result first = ZonedScenario.run(seed, new Telemetry());
      assertThat(ZonedScenario.run(seed, new Telemetry())).as("seed %d", seed).isEqualTo(first);
    }
  }
}
