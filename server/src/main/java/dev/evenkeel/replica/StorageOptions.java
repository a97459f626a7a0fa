package dev.evenkeel.replica;

import java.time.Duration;

/// @param checkpointInterval how often the log's length is looked at
/// @param logSegmentsMax a log of more segments than this brings a checkpoint on
public record StorageOptions(Duration checkpointInterval, int logSegmentsMax) {
  public static final StorageOptions DEFAULT = new StorageOptions(Duration.ofSeconds(1), 4);
}
