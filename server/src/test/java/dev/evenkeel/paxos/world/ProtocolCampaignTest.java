package dev.evenkeel.paxos.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.evenkeel.simulation.campaign.Pace;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// As many seeds as asked for: `make simulate SEEDS=1000`, or one: `make simulate SEED=7`; by `make
/// simulate PROTOCOL_SEED=7 FAULTS=LOSS,CRASHES UNTIL=2500` with certain kinds of faults, that
/// strike before 2,500 virtual milliseconds.
@Tag("slow")
@Tag("simulation")
class ProtocolCampaignTest {
  private static final int RUNS = Integer.getInteger("simulation.runs", 1_000);
  private static final Long SEED =
      Long.getLong("simulation.protocol.seed", Long.getLong("simulation.seed"));

  @Test
  void holds() {
    assumeThat(System.getProperty("simulation.region.seed")).isNull();
    assumeThat(System.getProperty("simulation.transaction.seed")).isNull();
    long first = SEED != null ? SEED : ThreadLocalRandom.current().nextLong(1L << 40);
    int runs = SEED != null && System.getProperty("simulation.runs") == null ? 1 : RUNS;
    boolean isOurs = System.getProperty("simulation.protocol.seed") != null;
    Set<FaultKind> faults =
        Campaign.kinds(isOurs ? System.getProperty("simulation.faults", "") : "");
    long until = isOurs ? Long.getLong("simulation.strikes.until", Long.MAX_VALUE) : Long.MAX_VALUE;
    Pace pace = new Pace();
    Set<String> events = Campaign.run(first, runs, faults, until, pace);
    System.out.println(
        "%d runs of the protocol from seed %d, %s, events: %s"
            .formatted(runs, first, pace, events));
    if (SEED == null) {
      assertThat(events).isNotEmpty();
    }
  }
}
