package dev.evenkeel.wal;

import java.util.List;

/// What [LogGroup#read] found.
public sealed interface LogRead {
  /// The durable records of the range, in slot order, as many as were asked for: the newest one of
  /// each slot. A slot that has none is left out.
  record Records(List<LogRecord> records) implements LogRead {}

  /// The first slot is released, or the group was dropped: the log does not have it any more.
  record Gone() implements LogRead {}
}
