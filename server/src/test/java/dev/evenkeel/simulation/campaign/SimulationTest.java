package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.telemetry.Telemetry;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The database in one thread, under everything that can go wrong with one node: a few hundred
/// crashes with the same seeds each time, some with fresh ones. [SimulationCampaignTest] is the
/// long version.
@ExtendWith(Silence.class)
class SimulationTest {
  /// Together these meet every event that a campaign has to have seen.
  private static final int FIRST_FIXED_SEED = 50;

  private static final int FIXED_SEEDS = 40;
  private static final int FRESH_SEEDS = 10;
  private static final int SEEDS_RUN_TWICE = 4;

  @Test
  void nothingAcknowledgedIsLostWithFixedSeeds() {
    Telemetry telemetry = new Telemetry();
    for (int seed = FIRST_FIXED_SEED; seed < FIRST_FIXED_SEED + FIXED_SEEDS; seed++) {
      RegionCampaign.runNode(seed, RegionFaults.DRAWN, telemetry);
    }
    assertThat(telemetry.probes().missing(Coverage.events()))
        .as("events that never occurred")
        .isEmpty();
  }

  @Test
  void nothingAcknowledgedIsLostWithFreshSeeds() {
    long first = ThreadLocalRandom.current().nextLong(1L << 40);
    for (long seed = first; seed < first + FRESH_SEEDS; seed++) {
      RegionCampaign.runNode(seed, RegionFaults.DRAWN, new Telemetry());
    }
  }

  @Test
  void theSameSeedLeavesTheSameTrace() {
    for (int seed = 1; seed <= SEEDS_RUN_TWICE; seed++) {
      Scenario.Result first = Scenario.run(seed, new Telemetry());
      assertThat(Scenario.run(seed, new Telemetry())).as("seed %d", seed).isEqualTo(first);
    }
  }
}
