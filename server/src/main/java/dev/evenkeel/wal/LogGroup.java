package dev.evenkeel.wal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// One group's door to the log.
public final class LogGroup {
  private final Log log;
  private final long number;
  private final LogListener listener;
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile boolean retired;

  /// How many appends were accepted. Used by whoever appends.
  private long appended;

  /// The batch in which the writer saw this group last, its highest slot in it, and its newest
  /// append. The writer's.
  private long batch;

  private long batchSlot;
  private long batchSequence;

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

  /// Which group this is.
  public long number() {
    return number;
  }

  /// Gives a record to the log, and the next number to the record. Cheap, never waits for the disk;
  /// from any thread, one at a time for a group. The group's records keep the order of its appends.
  ///
  /// @param kind the caller's own
  /// @param slot until this is released the record stays; not negative
  /// @param payload must not change afterwards; at most [LogOptions#payloadBytesMax] long
  public AppendOutcome append(byte kind, long ballot, long slot, byte[] payload) {
    PendingRecord record = new PendingRecord(this, kind, ballot, slot, payload);
    record.sequence = appended + 1;
    AppendOutcome outcome = log.append(record);
    if (outcome == AppendOutcome.ACCEPTED) {
      appended++;
    }
    return outcome;
  }

  /// Number of the newest append that was accepted. Each group counts its own from 1 on, anew when
  /// the log is opened. To be asked by whoever appends.
  public long appended() {
    return appended;
  }

  /// Whether an append would be taken now, as far as the disk goes.
  public boolean hasRoom() {
    return log.hasRoom();
  }

  /// The log may forget this group's records up to `slot`, itself included: whatever they say is
  /// durable elsewhere. From any thread.
  public void release(long slot) {
    log.release(number, slot);
  }

  /// Its records are not needed any more, those that are on their way included.
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  /// Counts a record into the batch; true when it is the group's first there.
  boolean join(long toBatch, PendingRecord record) {
    boolean first = batch != toBatch;
    batch = toBatch;
    batchSlot = first ? record.slot : Math.max(batchSlot, record.slot);
    batchSequence = record.sequence;
    return first;
  }

  long batchSlot() {
    return batchSlot;
  }

  long batchSequence() {
    return batchSequence;
  }

  void durable(long sequence) {
    listener.durable(sequence);
  }

  void fail(IOException cause) {
    if (failed.compareAndSet(false, true)) {
      listener.failed(cause);
    }
  }
}
