package dev.evenkeel.stream;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecords;
import dev.evenkeel.replica.Retention;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.StreamSpan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the change records that a stream still shows: those younger than the retention time, where
/// a stream is on or has ended within it.
public final class StreamRetention implements Retention.Need {
  /// Records looked at for one release.
  private static final int RECORDS_MAX = 10_000;

  private static final long NANOS_PER_MICRO = 1_000;

  private final Clock clock;
  private final Duration retention;

  /// @param retention how long a record can be read
  public StreamRetention(Clock clock, Duration retention) {
    this.clock = clock;
    this.retention = retention;
  }

  @Override
  public @Nullable ChangePosition done(StorageReplica partition, PartitionSchema schema) {
    long since = clock.wallMicros() - retention.toNanos() / NANOS_PER_MICRO;
    try {
      List<StreamSpan> spans = ChangeRecords.streams(partition);
      if (schema.stream() == null && spans.stream().noneMatch(span -> isReadable(span, since))) {
        return ChangePosition.END;
      }
      ChangePosition newest = ChangeRecords.newestUntil(partition, since, RECORDS_MAX);
      return newest == null ? ChangePosition.START : newest;
    } catch (IOException _) {
      return null;
    }
  }

  private static boolean isReadable(StreamSpan span, long since) {
    StreamSpan.Bound end = span.end();
    return end == null || end.micros() >= since;
  }
}
