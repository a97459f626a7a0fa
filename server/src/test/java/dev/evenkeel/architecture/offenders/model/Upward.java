package dev.evenkeel.architecture.offenders.model;

import dev.evenkeel.architecture.offenders.wal.Downward;
import org.jspecify.annotations.Nullable;

/// Uses a package above its own.
public class Upward {
  @Nullable Downward[] above = {};
}
