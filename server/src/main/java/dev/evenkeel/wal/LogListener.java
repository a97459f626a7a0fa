package dev.evenkeel.wal;

import java.io.IOException;

/// What a group hears from the log. Called on the log's acknowledgement thread, one call at a time;
/// must not block.
public interface LogListener {
  /// All that this group appended up to and with that number ([LogGroup#appended]) is durable. Once
  /// per batch in which the group has records.
  void durable(long sequence);

  /// The log is dead: what is not known as durable may or may not be found after a restart. Called
  /// once.
  void failed(IOException cause);
}
