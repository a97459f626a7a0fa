package dev.evenkeel.wal;

import java.io.IOException;

/// Told of the fate of a group's records, one call at a time, in order. Must not block.
public interface LogListener {
  /// Every record that the group appended, up to the newest with this slot, is durable. Called once
  /// a batch.
  void durable(long slot);

  /// The log has failed for good: what was appended and not reported durable may be lost or not.
  void failed(IOException reason);
}
