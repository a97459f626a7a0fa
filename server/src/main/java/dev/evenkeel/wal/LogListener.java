package dev.evenkeel.wal;

import java.io.IOException;

/// What a group hears from the log. Called on the log's acknowledgement thread, one call at a time;
/// must not block.
public interface LogListener {
  /// Everything that this group appended up to, in the order of its appends, the newest record with
  /// this slot is durable. Once per batch in which the group has records, with the highest slot
  /// among them.
  void durable(long slot);

  /// The log is dead: what is not known as durable may or may not be found after a restart. Called
  /// once.
  void failed(IOException cause);
}
