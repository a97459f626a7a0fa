package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.evenkeel.telemetry.Telemetry;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// As many seeds as asked for: `make simulate SEEDS=1000`, or one: `make simulate SEED=7` of the
/// single node, `REGION_SEED=7` of the region of several, `TRANSACTION_SEED=7` of transactions
/// there; with certain faults if `FAULTS=Kills,SlowDisk` names them, that strike before
/// `UNTIL=2500` virtual milliseconds.
@Tag("slow")
@Tag("simulation")
@ExtendWith(Silence.class)
class SimulationCampaignTest {
  private static final int RUNS = Integer.getInteger("simulation.runs", 300);
  private static final Long SEED = Long.getLong("simulation.seed");

  /// One seed in so many runs twice, and must leave the same trace.
  private static final int TWICE_ONE_IN = 10;

  private static final Long REGION_SEED = Long.getLong("simulation.region.seed");

  private static final Long TRANSACTION_SEED = Long.getLong("simulation.transaction.seed");

  /// Of the protocol's world, which [dev.evenkeel.paxos.world] repeats.
  private static final Long PROTOCOL_SEED = Long.getLong("simulation.protocol.seed");

  /// A region's run costs as much as several of a node.
  private static final int REGION_RUNS = Math.max(1, RUNS / 3);

  private static RegionFaults named() {
    return RegionFaults.of(
        System.getProperty("simulation.faults", ""),
        Long.getLong("simulation.strikes.until", Long.MAX_VALUE));
  }

  /// Many seeds are in [TransactionSimulationTest].
  @Test
  void moneyStaysAndTransactionsHaveAnOrder() {
    assumeThat(TRANSACTION_SEED).isNotNull();
    RegionCampaign.runTransactions(TRANSACTION_SEED, named(), new Telemetry());
  }

  @Test
  void nothingAcknowledgedIsLostInARegionOfSeveralNodes() {
    assumeThat(SEED == null && TRANSACTION_SEED == null && PROTOCOL_SEED == null).isTrue();
    RegionFaults faults = named();
    long first = REGION_SEED != null ? REGION_SEED : ThreadLocalRandom.current().nextLong(1L << 40);
    int runs =
        REGION_SEED != null && System.getProperty("simulation.runs") == null ? 1 : REGION_RUNS;
    Telemetry telemetry = new Telemetry();
    Pace pace = new Pace();
    for (long seed = first; seed < first + runs; seed++) {
      ZonedScenario.Result result = RegionCampaign.run(seed, faults, telemetry);
      pace.add(result.virtualNanos());
      if (seed % TWICE_ONE_IN == 0) {
        pace.add(result.virtualNanos());
        assertThat(ZonedScenario.run(seed, faults, new Telemetry()))
            .as("seed %d", seed)
            .isEqualTo(result);
      }
    }
    System.out.println(
        "%d runs of a region from seed %d, %s, events: %s"
            .formatted(runs, first, pace, telemetry.probes().counts()));
    if (runs >= REGION_RUNS && REGION_SEED == null && faults.areDrawn()) {
      assertThat(telemetry.probes().missing(Coverage.ofTheRegion()))
          .as("events that never occurred")
          .isEmpty();
    }
  }

  @Test
  void nothingAcknowledgedIsLost() {
    assumeThat(REGION_SEED == null && TRANSACTION_SEED == null && PROTOCOL_SEED == null).isTrue();
    RegionFaults faults = SEED != null ? named() : RegionFaults.DRAWN;
    long first = SEED != null ? SEED : ThreadLocalRandom.current().nextLong(1L << 40);
    int runs = SEED != null && System.getProperty("simulation.runs") == null ? 1 : RUNS;
    Telemetry telemetry = new Telemetry();
    long lives = 0;
    Pace pace = new Pace();
    for (long seed = first; seed < first + runs; seed++) {
      Scenario.Result result = RegionCampaign.runNode(seed, faults, telemetry);
      lives += result.lives();
      pace.add(result.virtualNanos());
      if (seed % TWICE_ONE_IN == 0) {
        pace.add(result.virtualNanos());
        assertThat(Scenario.run(seed, faults, new Telemetry()))
            .as("seed %d", seed)
            .isEqualTo(result);
      }
    }
    System.out.println(
        "%d runs from seed %d, %s, %d lives of the node, events: %s"
            .formatted(runs, first, pace, lives, telemetry.probes().counts()));
    if (runs >= RUNS) {
      assertThat(telemetry.probes().missing(Coverage.events()))
          .as("events that never occurred")
          .isEmpty();
    }
  }
}
