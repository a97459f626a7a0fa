package dev.evenkeel.simulation.campaign;

import dev.evenkeel.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/// Runs seeds of a region, of one node or several, and says of one that fails how to repeat it with
/// as little as possible.
final class RegionCampaign {
  private RegionCampaign() {}

  /// How a seed is run.
  @FunctionalInterface
  interface Runner<R> {
    /// @throws FailedRun when something does not hold
    R run(RegionFaults faults);
  }

  /// @throws AssertionError when something does not hold
  static ZonedScenario.Result run(long seed, RegionFaults faults, Telemetry telemetry) {
    return run(
        "REGION_SEED=" + seed,
        faults,
        each -> ZonedScenario.run(seed, each, each.equals(faults) ? telemetry : new Telemetry()));
  }

  /// The same of a single node.
  static Scenario.Result runNode(long seed, RegionFaults faults, Telemetry telemetry) {
    return run(
        "SEED=" + seed,
        faults,
        each -> Scenario.run(seed, each, each.equals(faults) ? telemetry : new Telemetry()));
  }

  /// The same of transactions in a region.
  static TransactionScenario.Result runTransactions(
      long seed, RegionFaults faults, Telemetry telemetry) {
    return run(
        "TRANSACTION_SEED=" + seed,
        faults,
        each ->
            TransactionScenario.run(seed, each, each.equals(faults) ? telemetry : new Telemetry()));
  }

  /// @param seed as `make simulate` takes it
  static <R> R run(String seed, RegionFaults faults, Runner<R> runner) {
    try {
      return runner.run(faults);
    } catch (FailedRun failed) {
      Shrinking.Strikes least =
          Shrinking.least(failed.strikes(), strikes -> failure(runner, strikes) != null);
      FailedRun smallest = failure(runner, least);
      if (smallest == null) {
        // With its faults named one by one it holds: it was to be without any.
        throw failed;
      }
      throw new AssertionError(
          "make simulate %s %s fails%n%s%n%nfirst it was:%n%s"
              .formatted(seed, least.arguments(), smallest.getMessage(), failed.getMessage()),
          failed);
    }
  }

  private static <R> @Nullable FailedRun failure(Runner<R> runner, Shrinking.Strikes strikes) {
    try {
      runner.run(RegionFaults.of(strikes));
      return null;
    } catch (FailedRun failed) {
      return failed;
    }
  }
}
