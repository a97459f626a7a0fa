package dev.evenkeel.simulation.fault;

import dev.evenkeel.simulation.Site;

/// Something that goes wrong.
public interface Fault {
  /// Begins to strike the region, until it heals.
  ///
  /// @param meanNanos between two strikes
  void begin(Site site, long meanNanos);
}
