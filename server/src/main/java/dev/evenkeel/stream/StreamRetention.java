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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps the change records that a stream still shows: those younger than the retention time, where
/// a stream is on or has ended within it. Keeps all while the node's wall clock is not believed.
public final class StreamRetention implements Retention.Need {
  /// Records looked at for one release.
  private static final int RECORDS_MAX = 10_000;

  private static final long NANOS_PER_MICRO = 1_000;

  private final Clock clock;
  private final Duration retention;
  private final int recordsMax;

  /// What was found of each group: where the next look goes on, since others may keep what the
  /// stream has no use for.
  private final Map<Long, Found> found = new ConcurrentHashMap<>();

  /// @param upTo the records up to here had been committed
  /// @param sinceMicros up to then
  private record Found(ChangePosition upTo, long sinceMicros) {}

  /// @param retention how long a record can be read
  public StreamRetention(Clock clock, Duration retention) {
    this(clock, retention, RECORDS_MAX);
  }

  StreamRetention(Clock clock, Duration retention, int recordsMax) {
    this.clock = clock;
    this.retention = retention;
    this.recordsMax = recordsMax;
  }

  @Override
  public @Nullable ChangePosition done(StorageReplica partition, PartitionSchema schema) {
    long since = clock.wallMicros() - retention.toNanos() / NANOS_PER_MICRO;
    try {
      List<StreamSpan> spans = ChangeRecords.streams(partition);
      boolean hasStreams = schema.stream() != null || !spans.isEmpty();
      if (hasStreams && partition.clocks().isAhead()) {
        return null;
      }
      if (schema.stream() == null && spans.stream().noneMatch(span -> isReadable(span, since))) {
        found.remove(partition.group());
        return ChangePosition.END;
      }
      return newestUntil(partition, since);
    } catch (IOException _) {
      return null;
    }
  }

  private ChangePosition newestUntil(StorageReplica partition, long since) throws IOException {
    Found before = found.get(partition.group());
    // A clock that was set back has more to keep than it said before.
    ChangePosition from =
        before == null || before.sinceMicros > since ? ChangePosition.START : before.upTo;
    ChangePosition upTo = ChangeRecords.newestUntil(partition, from, since, recordsMax);
    found.put(partition.group(), new Found(upTo, since));
    return upTo;
  }

  private static boolean isReadable(StreamSpan span, long since) {
    StreamSpan.Bound end = span.end();
    return end == null || end.micros() >= since;
  }
}
