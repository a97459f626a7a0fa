package dev.evenkeel.index;

import java.time.Duration;

/// Bounds of what follows changes.
///
/// @param recordsMax change records in one batch
/// @param bytesMax bytes of them, and of items in a page; exceeded by the last item of each
/// @param fillItemsMax items in one page of a table whose index is filled
/// @param fillItemsPerSecond items read at most for one index that is filled
/// @param backlogMax a table takes no writes while an index lacks more changes than about this
/// @param retryAfter how long a batch that failed waits
public record IndexOptions(
    int recordsMax,
    long bytesMax,
    int fillItemsMax,
    int fillItemsPerSecond,
    long backlogMax,
    Duration retryAfter) {
  public static final IndexOptions DEFAULT =
      new IndexOptions(2_000, 512L << 10, 250, 25_000, 100_000, Duration.ofMillis(50));

  /// A batch is one record of the log. Its share is small: records and a page come together, an
  /// entry's stored key repeats its key attributes, and takes up to twice their room.
  private static final int SHARES_OF_LOG_RECORD = 8;

  /// The same for a log whose records have at most so many bytes.
  public IndexOptions within(int logRecordBytesMax) {
    return new IndexOptions(
        recordsMax,
        Math.min(bytesMax, logRecordBytesMax / SHARES_OF_LOG_RECORD),
        fillItemsMax,
        fillItemsPerSecond,
        backlogMax,
        retryAfter);
  }
}
