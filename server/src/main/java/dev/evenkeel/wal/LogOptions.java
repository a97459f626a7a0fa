package dev.evenkeel.wal;

import static dev.evenkeel.wal.SegmentFormat.BLOCK_BYTES;

import java.time.Duration;

/// Sizes of a log. Files written with other sizes are read all the same.
///
/// @param folder where its files are, below the data directory
/// @param segmentBytes size of a segment, whole blocks of 4096
/// @param firstSegmentBytes size of the first segment of a new log; small, so that a first start is
///   quick
/// @param batchBytesMax most that one write carries, whole blocks; a record with its header fits
/// @param queueBytesMax records that wait to be durable, each counted in whole blocks; an append
///   beyond is refused
/// @param reserveBytes free bytes of the disk under which appends are refused
/// @param sparesMax former segments kept to be used again; more are deleted
/// @param roomInterval how often the disk's free bytes are looked at, and what failed is tried
///   again
public record LogOptions(
    String folder,
    int segmentBytes,
    int firstSegmentBytes,
    int batchBytesMax,
    int queueBytesMax,
    long reserveBytes,
    int sparesMax,
    Duration roomInterval) {
  public static final LogOptions DEFAULT =
      new LogOptions(
          "log", 64 << 20, 8 << 20, 4 << 20, 32 << 20, 64L << 20, 2, Duration.ofSeconds(1));

  public LogOptions {
    require(segmentBytes % BLOCK_BYTES == 0, "segments are whole blocks");
    require(firstSegmentBytes % BLOCK_BYTES == 0, "segments are whole blocks");
    require(batchBytesMax % BLOCK_BYTES == 0, "batches are whole blocks");
    require(batchBytesMax >= BLOCK_BYTES, "a batch has a block or more");
    int smallest = Math.min(segmentBytes, firstSegmentBytes);
    require(batchBytesMax <= smallest - BLOCK_BYTES, "an empty segment has room for every batch");
    require(queueBytesMax >= batchBytesMax, "a batch may wait");
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

  /// Longest payload of one record.
  public int payloadBytesMax() {
    return batchBytesMax - RecordFormat.HEADER_BYTES;
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
