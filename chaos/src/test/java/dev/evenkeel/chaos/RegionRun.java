package dev.evenkeel.chaos;

import java.util.Random;
import java.util.function.LongFunction;

/// A region under load, from its start to the verdict.
final class RegionRun {
  private RegionRun() {}

  /// What happens to the region meanwhile.
  @FunctionalInterface
  interface Course {
    void take(RegionFaults faults) throws Exception;
  }

  /// @param test for the command that repeats a failure
  /// @param workload from a seed
  static void of(
      Class<?> test,
      RegionProcesses region,
      LongFunction<? extends Workload> workload,
      Course course)
      throws Exception {
    long seed = Seed.choose();
    Workload load = workload.apply(seed);
    try (region) {
      region.start();
      try (Connection connection = region.node(0).connect()) {
        load.prepare(connection);
      }
      load.start(region);
      RegionFaults faults = new RegionFaults(region, load.counts(), new Random(seed));
      try {
        faults.awaitWrites();
        course.take(faults);
      } catch (Exception | AssertionError e) {
        stopAfter(e, load);
        throw e;
      }
      load.stop();
      load.counts()
          .say(
              "%s; %d kills; %d cuts of the power: %s",
              load.counts(), faults.kills(), faults.cuts(), faults.undone());
      load.verify(region);
      faults.verifyGaps();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(Seed.repeat(test, seed) + "; " + e.getMessage(), e);
    }
  }

  /// What clients met may be the cause of the failure.
  private static void stopAfter(Throwable failure, Workload load) {
    try {
      load.stop();
    } catch (Exception | AssertionError e) {
      failure.addSuppressed(e);
    }
  }
}
