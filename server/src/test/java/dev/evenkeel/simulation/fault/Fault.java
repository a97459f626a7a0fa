package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Region;

/// Something that goes wrong.
public interface Fault {
  /// Begins to strike the region, until it heals.
  ///
  /// @param meanNanos between two strikes
  void begin(Region region, long meanNanos);
}
