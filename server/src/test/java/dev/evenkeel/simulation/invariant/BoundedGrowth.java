package dev.evenkeel.simulation.invariant;

import dev.evenkeel.node.Database;
import dev.evenkeel.simulation.Region;

/// Nothing grows without bound: segments of the log, files, requests in flight.
public final class BoundedGrowth implements Invariant {
  private static final int SEGMENTS_MAX = 200;
  private static final int FILES_MAX = 220;
  private static final int CHECK_ONE_IN = 64;

  private final Region region;
  private final int requestsMax;
  private long steps;

  public BoundedGrowth(Region region, int requestsMax) {
    this.region = region;
    this.requestsMax = requestsMax;
  }

  @Override
  public void check() {
    if (steps++ % CHECK_ONE_IN != 0) {
      return;
    }
    Database database = region.node().service();
    require(
        database == null ? 0 : database.storage().log().liveSegments(), SEGMENTS_MAX, "segments");
    require(region.node().disk().files().size(), FILES_MAX, "files");
    require(region.inFlight(), requestsMax, "requests in flight");
  }

  private static void require(int count, int most, String what) {
    if (count > most) {
      throw new AssertionError(count + " " + what + ", at most " + most + " expected");
    }
  }
}
