package dev.evenkeel.wal;

/// What became of an append.
public enum AppendOutcome {
  /// It will be durable, in the order of the group's appends; [LogListener#durable] says when.
  ACCEPTED,

  /// Not taken: the device is nearly full. Ends by itself when space returns.
  DISK_FULL,

  /// Not taken: as much as may wait for the disk already waits.
  OVERLOADED,

  /// Not taken, and nothing ever will be: a write or a sync failed.
  FAILED,

  /// Not taken: the log is being closed.
  CLOSED
}
