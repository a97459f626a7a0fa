package dev.evenkeel.wal;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes the records of a log that is being opened, in the order in which they were appended.
public interface LogReplay {
  /// Records up to the group's released slot may appear as well.
  ///
  /// @param payload read-only, valid during the call
  void record(long group, byte kind, long ballot, long slot, ByteBuffer payload) throws IOException;
}
