package dev.evenkeel.replica;

import dev.evenkeel.paxos.Options;
import java.time.Duration;

/// @param checkpointInterval how often the log's length is looked at
/// @param logSegmentsMax a log of more segments than this brings a checkpoint on
/// @param failedAfter a node that has not answered for so long is replaced in its groups
/// @param protocol times and bounds of the groups' protocol
public record StorageOptions(
    Duration checkpointInterval, int logSegmentsMax, Duration failedAfter, Options protocol) {
  public static final StorageOptions DEFAULT =
      new StorageOptions(Duration.ofSeconds(1), 4, Duration.ofSeconds(4), Options.DEFAULT);

  public StorageOptions(Duration checkpointInterval, int logSegmentsMax) {
    this(checkpointInterval, logSegmentsMax, Duration.ofSeconds(4), Options.DEFAULT);
  }
}
