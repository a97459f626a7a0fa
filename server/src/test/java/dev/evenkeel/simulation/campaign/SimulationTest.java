package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.telemetry.Probes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The database in one thread, under everything that can go wrong with one node.
class SimulationTest {
  private static final Logger LOGGER = Logger.getLogger("dev.evenkeel");
  private static final int FIXED_SEEDS = 40;
  private static final int FRESH_SEEDS = 10;

  @BeforeAll
  static void silence() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOGGER.setLevel(null);
  }

  @Test
  void nothingThatWasAcknowledgedIsLostWithFixedSeeds() {
    Probes probes = new Probes();
    for (int seed = 0; seed < FIXED_SEEDS; seed++) {
      Scenario.run(seed, probes);
    }
  }

  @Test
  void nothingThatWasAcknowledgedIsLostWithFreshSeeds() {
    long first = ThreadLocalRandom.current().nextLong(1L << 40);
    for (long seed = first; seed < first + FRESH_SEEDS; seed++) {
      Scenario.run(seed, new Probes());
    }
  }

  @Test
  void theSameSeedLeavesTheSameTrace() {
    for (int seed = 1; seed < 6; seed++) {
      assertThat(Scenario.run(seed, new Probes())).isEqualTo(Scenario.run(seed, new Probes()));
    }
  }
}
