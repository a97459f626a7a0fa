package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.telemetry.Telemetry;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Transactions in a simulated region, with the same seeds each time; one of them alone with `make
/// simulate TRANSACTION_SEED=…`.
@ExtendWith(Silence.class)
class TransactionSimulationTest {
  private static final int FIXED_SEEDS = 12;
  private static final int MANY_SEEDS = 200;

  /// What must have happened before the success means anything.
  private static final List<String> COVERAGE =
      List.of(
          "simulation.bank-total",
          "simulation.lists-appended",
          "simulation.lists-read",
          "simulation.money-moved",
          "transaction.committed",
          "transaction.canceled",
          "transaction.given-up",
          "transaction.read-again");

  @Test
  void moneyStaysAndTransactionsHaveAnOrder() {
    run(0, FIXED_SEEDS - 1);
  }

  @Test
  @Tag("slow")
  void moneyStaysOverManySeeds() {
    run(FIXED_SEEDS, MANY_SEEDS);
  }

  private static void run(long from, long to) {
    Telemetry telemetry = new Telemetry();
    for (long seed = from; seed <= to; seed++) {
      RegionCampaign.runTransactions(seed, RegionFaults.DRAWN, telemetry);
    }
    assertThat(telemetry.probes().missing(COVERAGE)).as("events that never occurred").isEmpty();
  }

  @Test
  void theSameSeedLeavesTheSameTrace() {
    TransactionScenario.Result first = TransactionScenario.run(3, new Telemetry());
    assertThat(TransactionScenario.run(3, new Telemetry())).isEqualTo(first);
  }
}
