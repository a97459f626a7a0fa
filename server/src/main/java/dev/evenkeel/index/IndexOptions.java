package dev.evenkeel.index;

import java.time.Duration;

/// Bounds of what follows changes.
///
/// @param recordsMax change records in one batch
/// @param bytesMax bytes of them, and of items in a page
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
      new IndexOptions(2_000, 2L << 20, 1_000, 40_000, 100_000, Duration.ofMillis(50));
}
