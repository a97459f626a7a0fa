package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A segment of the log: its open file while it is written, how far it is filled, what pins it.
final class Segment {
  private final SegmentFormat.Identity identity;
  private Disk.File file;
  private final RecordFormat records;

  /// Group → highest slot of it in here that is not released.
  private final Map<Long, Long> pins = new HashMap<>();

  /// Where the next batch goes. Invariant: a multiple of the block size.
  private int end = SegmentFormat.BLOCK_BYTES;

  /// How many batches it holds.
  private int batches;

  Segment(SegmentFormat.Identity identity, Disk.File file) {
    this.identity = identity;
    this.file = file;
    this.records = new RecordFormat(identity);
  }

  SegmentFormat.Identity identity() {
    return identity;
  }

  long number() {
    return identity.number();
  }

  int bytes() {
    return identity.bytes();
  }

  Disk.File file() {
    return file;
  }

  RecordFormat records() {
    return records;
  }

  int end() {
    return end;
  }

  int room() {
    return identity.bytes() - end;
  }

  int batches() {
    return batches;
  }

  /// A batch of that many bytes now lies at the end.
  void grow(int bytes) {
    end += SegmentFormat.blocks(bytes);
    batches++;
  }

  void pin(long group, long slot) {
    pins.merge(group, slot, Math::max);
  }

  void unpin(long group) {
    pins.remove(group);
  }

  /// Lets go of the group where all that it has in here is released.
  void release(long group, long slot) {
    @Nullable Long highest = pins.get(group);
    if (highest != null && highest <= slot) {
      pins.remove(group);
    }
  }

  void release(Map<Long, Long> released) {
    pins.entrySet().removeIf(pin -> released.getOrDefault(pin.getKey(), -1L) >= pin.getValue());
  }

  /// The groups that pin it.
  Set<Long> pinning() {
    return pins.keySet();
  }

  boolean isPinned() {
    return !pins.isEmpty();
  }

  /// Gives the file its identity; what it held before never verifies again.
  void writeHeader() throws IOException {
    file.write(0, SegmentFormat.header(identity));
  }

  /// From now on the segment is that file: the same under its new name, or one that holds the same.
  void moveTo(Disk.File other) throws IOException {
    Disk.File before = file;
    file = other;
    before.close();
  }

  void close() throws IOException {
    file.close();
  }
}
