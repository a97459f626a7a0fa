package dev.evenkeel.paxos.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// As many seeds as asked for: `make simulate SEEDS=1000`, or one: `make simulate SEED=7`.
@Tag("slow")
@Tag("simulation")
class ProtocolCampaignTest {
  private static final int RUNS = Integer.getInteger("simulation.runs", 1_000);
  private static final Long SEED = Long.getLong("simulation.seed");

  @Test
  void holds() {
    long first = SEED != null ? SEED : ThreadLocalRandom.current().nextLong(1L << 40);
    int runs = SEED != null && System.getProperty("simulation.runs") == null ? 1 : RUNS;
    assertThat(Campaign.run(first, runs)).isNotEmpty();
  }
}
