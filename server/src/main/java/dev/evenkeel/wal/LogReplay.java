package dev.evenkeel.wal;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Receives what an earlier life of the log holds.
public interface LogReplay {
  /// One record, in the order in which they were appended.
  ///
  /// @param payload valid during the call
  void record(long group, byte kind, long ballot, long slot, ByteBuffer payload) throws IOException;
}
