package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.ZonedRegion;

/// Something that goes wrong only where there are several nodes.
public interface RegionFault {
  /// Begins to strike the region, until it heals.
  ///
  /// @param meanNanos between two strikes
  void begin(ZonedRegion region, long meanNanos);
}
