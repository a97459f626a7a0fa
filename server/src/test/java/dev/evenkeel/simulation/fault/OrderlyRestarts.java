package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;

/// The node is stopped as an operator stops it, and started again.
public final class OrderlyRestarts implements Fault {
  @Override
  public void begin(Region region, long meanNanos) {
    region.strike("orderly restart", meanNanos, region::restartInOrder);
  }
}
