package dev.evenkeel.architecture.offenders.wal;

import dev.evenkeel.architecture.offenders.model.Upward;

/// Uses a package below its own, as the map allows.
public class Downward {
  Upward below = new Upward();
}
