package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// All machines of a zone lose power at once, now and then those of two zones or of all, and stay
/// off for a while.
public final class ZonePowerLosses implements RegionFault {
  private static final long OFF_NANOS_MAX = 3_000_000_000L;
  private static final List<CrashLoss> LOSSES =
      List.of(CrashLoss.EVERYTHING, CrashLoss.ARBITRARY, CrashLoss.ARBITRARY, CrashLoss.NOTHING);

  /// How many zones lose power, by lot.
  private static final int[] ZONES = {1, 1, 1, 2, 3};

  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("zone power losses");
    region.strike(
        "zone loses power",
        3 * meanNanos,
        () -> {
          int count = ZONES[random.nextInt(ZONES.length)];
          List<String> zones = new ArrayList<>(new TreeSet<>(region.zones().zones().values()));
          Collections.shuffle(zones, Random.from(random));
          Set<String> dark = Set.copyOf(zones.subList(0, Math.min(count, zones.size())));
          CrashLoss loss = LOSSES.get(random.nextInt(LOSSES.size()));
          for (ZonedNode node : region.nodes()) {
            if (dark.contains(region.zones().of(node.number()))) {
              node.losePower(loss, random.nextLong(OFF_NANOS_MAX));
            }
          }
          boolean isAll = dark.size() == zones.size();
          region.hit(isAll ? "simulation.region-lost-power" : "simulation.zone-lost-power");
        });
  }
}
