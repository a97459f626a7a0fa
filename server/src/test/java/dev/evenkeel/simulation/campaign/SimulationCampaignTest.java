package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.telemetry.Telemetry;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// As many seeds as asked for: `make simulate RUNS=1000`, or one: `make simulate SEED=7`.
@Tag("slow")
@Tag("simulation")
@ExtendWith(Silence.class)
class SimulationCampaignTest {
  private static final int RUNS = Integer.getInteger("simulation.runs", 300);
  private static final Long SEED = Long.getLong("simulation.seed");

  /// One seed in so many runs twice, and must leave the same trace.
  private static final int TWICE_ONE_IN = 10;

  @Test
  void nothingAcknowledgedIsLost() {
    long first = SEED != null ? SEED : ThreadLocalRandom.current().nextLong(1L << 40);
    int runs = SEED != null && System.getProperty("simulation.runs") == null ? 1 : RUNS;
    Telemetry telemetry = new Telemetry();
    long lives = 0;
    for (long seed = first; seed < first + runs; seed++) {
      Scenario.Result result = Scenario.run(seed, telemetry);
      lives += result.lives();
      if (seed % TWICE_ONE_IN == 0) {
        assertThat(Scenario.run(seed, new Telemetry())).as("seed %d", seed).isEqualTo(result);
      }
    }
    System.out.println(
        "%d runs from seed %d, %d lives of the node, events: %s"
            .formatted(runs, first, lives, telemetry.probes().counts()));
    if (runs >= RUNS) {
      assertThat(telemetry.probes().missing(Coverage.events()))
          .as("events that never occurred")
          .isEmpty();
    }
  }
}
