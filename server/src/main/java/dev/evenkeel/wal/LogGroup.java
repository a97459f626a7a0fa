package dev.evenkeel.wal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One group's door to the log.
public final class LogGroup {
  private final Log log;
  private final long number;
  private final LogListener listener;
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile boolean retired;

  /// Where what can be read back lies, and up to which slot nothing can; null when nothing is kept.
  /// Guarded by [Places].
  @Nullable RecordPlaces places;

  long released = -1;

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
  /// @param kind the caller's own; a negative one makes the record a note, which has no place in
  ///   the order of slots: it is replayed, and never read back
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
    log.release(this, slot);
  }

  /// The log may forget this group's records in segments before that one, whatever their slots: the
  /// group has appended all that it still needs of them again since [Log#pins] answered, and that
  /// is durable. From any thread.
  ///
  /// @param segment of [LogPins]
  public void releaseBefore(long segment) {
    log.releaseBefore(this, segment);
  }

  /// Reads durable records back: the newest of each slot, in slot order, without notes. Those of
  /// the log's former life count as durable. Blocks on the disk: call it where reads may, and not
  /// once the log is being closed. From any thread.
  ///
  /// @param fromSlot the first slot
  /// @param toSlot the first slot that is not asked for
  /// @param bytesMax how many bytes of payload to read at the most; the first record comes always
  /// @return gone when `fromSlot` was released since the log was opened
  /// @throws CorruptLogException when a record is not as it was written
  public LogRead read(long fromSlot, long toSlot, int bytesMax) throws IOException {
    return log.read(this, fromSlot, toSlot, bytesMax);
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
