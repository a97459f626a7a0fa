package dev.evenkeel.wal;

import java.io.IOException;

/// One group's part of the node's log. Any thread.
public final class LogGroup {
  private final Log log;
  private final long number;
  private final LogListener listener;

  /// Opens a group's part of a log.
  @FunctionalInterface
  public interface Opener {
    LogGroup open(long group, LogListener listener);
  }

  LogGroup(Log log, long number, LogListener listener) {
    this.log = log;
    this.number = number;
    this.listener = listener;
  }

  public long number() {
    return number;
  }

  /// Queues a record; the listener hears when it is durable.
  ///
  /// @param payload the log's from now on
  /// @return false when the log takes no records, for want of room or because it failed: the record
  ///   is then nowhere
  public boolean append(byte kind, long ballot, long slot, byte[] payload) {
    return log.append(new RecordFormat.Pending(this, kind, ballot, slot, payload));
  }

  /// Whether an append would be taken now.
  public boolean hasRoom() {
    return log.hasRoom();
  }

  /// Says that no record of this group up to that slot is needed any more.
  public void release(long slot) {
    log.release(number, slot);
  }

  void durable(long slot) {
    listener.durable(slot);
  }

  void failed(IOException reason) {
    listener.failed(reason);
  }
}
