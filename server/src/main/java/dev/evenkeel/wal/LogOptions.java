package dev.evenkeel.wal;

import java.time.Duration;

/// @param folder where the segments are, below the data directory
/// @param segmentBytes size of a segment
/// @param firstSegmentBytes size of the first segment of a new log; small, so that a first start is
///   quick
/// @param batchBytesMax a batch takes no further record beyond this
/// @param queueBytesMax records that wait to be written; an append beyond is refused
/// @param reserveBytes free bytes of the disk under which appends are refused
/// @param sparesMax segments kept to be used again; more are deleted
/// @param roomInterval how often the disk's free bytes are looked at
public record LogOptions(
    String folder,
    long segmentBytes,
    long firstSegmentBytes,
    int batchBytesMax,
    long queueBytesMax,
    long reserveBytes,
    int sparesMax,
    Duration roomInterval) {
  public static final LogOptions DEFAULT =
      new LogOptions(
          "log", 64L << 20, 8L << 20, 4 << 20, 64L << 20, 64L << 20, 2, Duration.ofSeconds(1));

  public LogOptions {
    if (batchBytesMax + RecordFormat.RECORD_BYTES_MAX + SegmentHeader.BYTES > firstSegmentBytes
        || firstSegmentBytes > segmentBytes) {
      throw new IllegalArgumentException("a batch and a record must fit the first segment");
    }
  }

  /// With small segments, for a log in memory.
  public LogOptions inMemory() {
    return new LogOptions(
        folder,
        firstSegmentBytes,
        firstSegmentBytes,
        batchBytesMax,
        queueBytesMax,
        0,
        1,
        roomInterval);
  }
}
