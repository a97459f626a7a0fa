package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.simulation.Region;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.telemetry.Telemetry;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Silence.class)
class ShrinkingTest {
  private static final long MILLI = 1_000_000;
  private static final Shrinking.Strikes FAILING =
      new Shrinking.Strikes(Set.of("A", "B", "C", "D"), 8_000);

  /// How long a region is watched: every fault strikes in that time, whatever the others do.
  private static final long WATCHED_MILLIS = 20_000;

  /// And for so long when no fault strikes any more.
  private static final long QUIET_MILLIS = 2_000;

  private static final int MANY = 3;

  private int repeats;

  @Test
  void findsTheFaultsAndTheTimeThatAreNeeded() {
    Shrinking.Strikes least =
        Shrinking.least(
            FAILING,
            strikes -> {
              repeats++;
              return strikes.faults().containsAll(Set.of("B", "D"))
                  && strikes.untilMillis() >= 1_234;
            });
    assertThat(least).isEqualTo(new Shrinking.Strikes(Set.of("B", "D"), 1_234));
    assertThat(least.arguments()).isEqualTo("FAULTS=B,D UNTIL=1234");
    assertThat(repeats).isLessThanOrEqualTo(4 + 13);
  }

  @Test
  void whatFailsByItselfNeedsNothing() {
    assertThat(Shrinking.least(FAILING, _ -> true).arguments()).isEqualTo("FAULTS=none UNTIL=1");
  }

  @Test
  void givesUpInTheEnd() {
    Shrinking.Strikes endless = new Shrinking.Strikes(Set.of("A"), Long.MAX_VALUE);
    Shrinking.least(
        endless,
        _ -> {
          repeats++;
          return false;
        });
    assertThat(repeats).isEqualTo(Shrinking.REPEATS_MAX);
  }

  /// A region whose check fails once a process was killed and a disk was slow.
  @Test
  void aRegionThatFailsIsToldWithTheFaultsThatItNeeds() {
    isToldWithTheFaultsThatItNeeds("REGION_SEED", ShrinkingTest::watch);
  }

  /// A single node whose check fails like that.
  @Test
  void aNodeThatFailsIsToldWithTheFaultsThatItNeeds() {
    isToldWithTheFaultsThatItNeeds("SEED", ShrinkingTest::watchNode);
  }

  private static void isToldWithTheFaultsThatItNeeds(String name, Watch watch) {
    long found = seedThatNeedsShrinking(watch);
    String seed = name + "=" + found;
    assertThatThrownBy(
            () -> RegionCampaign.run(seed, RegionFaults.DRAWN, f -> watch.watch(found, f)))
        .isInstanceOf(AssertionError.class)
        .hasCauseInstanceOf(FailedRun.class)
        .satisfies(failure -> {
          Matcher told =
              Pattern.compile("make simulate " + seed + " FAULTS=(\\S+) UNTIL=(\\d+)")
                  .matcher(String.valueOf(failure.getMessage()));
          assertThat(told.find()).as(failure.getMessage()).isTrue();
          FailedRun first = (FailedRun) Objects.requireNonNull(failure.getCause());
          // One fault less may leave what others strike otherwise, so some may be needed for that.
          assertThat(told.group(1).split(","))
              .contains("Kills", "SlowDisk")
              .hasSizeLessThan(first.strikes().faults().size());
          long until = Long.parseLong(told.group(2));
          assertThatThrownBy(() -> watch.watch(found, RegionFaults.of(told.group(1), until)))
              .isInstanceOfSatisfying(
                  FailedRun.class,
                  // The last strike that it needs is the last that there is.
                  last -> assertThat(last.strikes().untilMillis()).isEqualTo(until));
          watch.watch(found, RegionFaults.of(told.group(1), until - 1));
        });
  }

  /// How a seed is watched.
  private interface Watch {
    /// @return whether it held
    boolean watch(long seed, RegionFaults faults);
  }

  /// The first that fails with so many faults that some are not needed.
  private static long seedThatNeedsShrinking(Watch watch) {
    for (long seed = 1; ; seed++) {
      try {
        watch.watch(seed, RegionFaults.DRAWN);
      } catch (FailedRun failed) {
        if (failed.strikes().faults().size() > MANY) {
          return seed;
        }
      }
    }
  }

  private static boolean watch(long seed, RegionFaults faults) {
    Simulator simulator = new Simulator(seed);
    Telemetry telemetry = new Telemetry();
    Probes probes = telemetry.probes();
    ZonedRegion region = new ZonedRegion(simulator, 3, ZonedRegion.LOG, telemetry);
    region.start();
    Set<String> begun = faults.begin(region, simulator.stream("scenario"));
    return watch(simulator, probes, faults, begun);
  }

  private static boolean watchNode(long seed, RegionFaults faults) {
    Simulator simulator = new Simulator(seed);
    Telemetry telemetry = new Telemetry();
    Region region = new Region(simulator, ZonedRegion.LOG, telemetry);
    region.start();
    Set<String> begun = faults.begin(region, simulator.stream("scenario"));
    return watch(simulator, telemetry.probes(), faults, begun);
  }

  private static boolean watch(
      Simulator simulator, Probes probes, RegionFaults faults, Set<String> begun) {
    long until = Math.min(faults.untilMillis(), WATCHED_MILLIS);
    long end = Math.min(until + QUIET_MILLIS, WATCHED_MILLIS) * MILLI;
    while (simulator.nowNanos() <= end && simulator.step()) {
      if (probes.count("simulation.killed") > 0 && probes.count("simulation.slow-disk") > 0) {
        long at = simulator.nowNanos() / MILLI + 1;
        throw new FailedRun("planted", new Shrinking.Strikes(begun, at), new AssertionError());
      }
    }
    return true;
  }
}
