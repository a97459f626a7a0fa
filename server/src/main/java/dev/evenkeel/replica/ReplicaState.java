package dev.evenkeel.replica;

import java.nio.ByteBuffer;

/// What a replica keeps of itself in the ordered store, written with each applied batch. Immutable.
public final class ReplicaState {
  static final ReplicaState NEW = new ReplicaState(0, Growth.NONE);
  private static final byte VERSION = 0x01;

  private final long appliedSlot;
  private final Growth totals;

  /// How many, and their bytes by AWS's accounting.
  public record Total(long count, long bytes) {
    public static final Total NONE = new Total(0, 0);
  }

  private ReplicaState(long appliedSlot, Growth totals) {
    this.appliedSlot = appliedSlot;
    this.totals = totals;
  }

  /// Every entry up to this slot is applied, and none above.
  public long appliedSlot() {
    return appliedSlot;
  }

  /// The partition's items.
  public Total items() {
    return totals.pair(0);
  }

  /// The entries of a local index in this partition.
  ///
  /// @param index the index's number, from 1
  public Total entries(int index) {
    return totals.pair(index);
  }

  Growth totals() {
    return totals;
  }

  ReplicaState after(long slot, Entry entry) {
    return new ReplicaState(slot, totals.plus(entry.growth()));
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES + totals.encodedBytes());
    out.put(VERSION).putLong(appliedSlot);
    totals.encode(out);
    return out.array();
  }

  static ReplicaState decode(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("unknown replica state format version " + version);
    }
    return new ReplicaState(in.getLong(), Growth.decode(in));
  }
}
