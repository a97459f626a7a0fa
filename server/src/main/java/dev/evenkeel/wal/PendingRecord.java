package dev.evenkeel.wal;

import org.jspecify.annotations.Nullable;

/// A record that waits for the disk; also a link of [AppendQueue].
final class PendingRecord {
  final LogGroup group;
  final byte kind;
  final long ballot;
  final long slot;
  final byte[] payload;

  /// Which of the group's appends this is; 0 until it is given to the log.
  long sequence;

  @Nullable PendingRecord next;

  PendingRecord(LogGroup group, byte kind, long ballot, long slot, byte[] payload) {
    this.group = group;
    this.kind = kind;
    this.ballot = ballot;
    this.slot = slot;
    this.payload = payload;
  }

  /// What it takes in a batch.
  int bytes() {
    return RecordFormat.bytes(payload.length);
  }

  /// What it takes on the disk at the most: when it is alone in its batch.
  int cost() {
    return SegmentFormat.blocks(bytes());
  }
}
