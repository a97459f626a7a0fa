package dev.evenkeel.wal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The groups of the log, and what they are told: on a thread of its own, so that the writer goes
/// on with the next batch at once.
final class Acknowledgements {
  private final Executor executor;
  private final LogMeter meter;
  private final ConcurrentSkipListMap<Long, LogGroup> groups = new ConcurrentSkipListMap<>();

  /// What was accepted and is not durable yet, each record in whole blocks.
  private final AtomicLong pendingBytes = new AtomicLong();

  private volatile @Nullable IOException failure;

  Acknowledgements(Executor executor, LogMeter meter) {
    this.executor = executor;
    this.meter = meter;
  }

  void add(LogGroup group) {
    if (groups.putIfAbsent(group.number(), group) != null) {
      throw new IllegalStateException("group " + group.number() + " is in the log already");
    }
    @Nullable IOException cause = failure;
    if (cause != null) {
      executor.execute(() -> group.fail(cause));
    }
  }

  /// Tells nothing to the group any more; answers what it was, if it was.
  @Nullable LogGroup retire(long group) {
    @Nullable LogGroup retired = groups.remove(group);
    if (retired != null) {
      retired.retire();
    }
    return retired;
  }

  AtomicLong pendingBytes() {
    return pendingBytes;
  }

  /// The batch is durable. The writer calls.
  void durable(long batch, PendingRecord[] records, Segment segment) {
    List<LogGroup> touched = new ArrayList<>();
    long cost = 0;
    for (PendingRecord record : records) {
      cost += record.cost();
      if (record.group.join(batch, record)) {
        touched.add(record.group);
      }
    }
    pendingBytes.addAndGet(-cost);
    if (touched.isEmpty()) {
      return;
    }
    if (touched.size() > 1) {
      meter.hit(LogMeter.SHARED_BATCH);
    }
    LogGroup[] told = touched.toArray(LogGroup[]::new);
    long[] sequences = new long[told.length];
    for (int i = 0; i < told.length; i++) {
      sequences[i] = told[i].batchSequence();
      if (!told[i].isRetired()) {
        segment.pin(told[i].number(), told[i].batchSlot());
      }
    }
    executor.execute(() -> tell(told, sequences));
  }

  /// The log is dead.
  void failed(IOException cause) {
    failure = cause;
    executor.execute(() -> groups.values().forEach(group -> group.fail(cause)));
  }

  /// Runs it after everything that was told before.
  void after(Runnable task) {
    executor.execute(task);
  }

  private static void tell(LogGroup[] groups, long[] sequences) {
    for (int i = 0; i < groups.length; i++) {
      groups[i].durable(sequences[i]);
    }
  }
}
