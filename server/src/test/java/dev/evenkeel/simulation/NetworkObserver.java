package dev.evenkeel.simulation;

import java.nio.ByteBuffer;

/// Sees every frame as it arrives, or fails to.
public interface NetworkObserver {
  /// What became of a frame.
  enum Fate {
    DELIVERED,
    LOST,
    DUPLICATED,
    REORDERED,
    CORRUPTED
  }

  /// @param frame to be looked at only
  void frame(int from, int to, Fate fate, ByteBuffer frame);
}
