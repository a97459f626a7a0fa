package dev.evenkeel.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// What one driver counted. Its event loop writes, the collecting thread reads: [#drain] hands over
/// what came since the last call, without stopping the writer.
final class Measurements {
  private static final long LATENCY_NANOS_MAX = 3_600_000_000_000L;

  private final Map<Operation, SingleWriterRecorder> recorders = new EnumMap<>(Operation.class);
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder notFound = new LongAdder();
  private final LongAdder scannedItems = new LongAdder();

  Measurements() {
    for (Operation operation : Operation.values()) {
      recorders.put(operation, new SingleWriterRecorder(1_000, LATENCY_NANOS_MAX, 3));
    }
  }

  /// An empty histogram that fits what [#drain] adds.
  static Histogram histogram() {
    return new Histogram(1_000, LATENCY_NANOS_MAX, 3);
  }

  /// An operation done, measured or in warm-up: for the progress line.
  void answered() {
    answered.increment();
  }

  /// A measured success.
  void success(Operation operation, long latencyNanos) {
    long latency = Math.clamp(latencyNanos, 0, LATENCY_NANOS_MAX);
    SingleWriterRecorder recorder = recorders.get(operation);
    if (recorder != null) {
      recorder.recordValue(latency);
    }
  }

  /// A measured failure, by name.
  void error(String type) {
    errors.computeIfAbsent(type, _ -> new LongAdder()).increment();
  }

  /// A measured read that found no item.
  void notFound() {
    notFound.increment();
  }

  /// Items that a measured page of a Scan brought.
  void scanned(long items) {
    scannedItems.add(items);
  }

  /// Operations done since the start, warm-up included.
  long answeredCount() {
    return answered.sum();
  }

  /// Measured reads that found no item.
  long notFoundCount() {
    return notFound.sum();
  }

  /// Items in measured pages of Scans.
  long scannedCount() {
    return scannedItems.sum();
  }

  /// Adds the latencies since the last call to `totals`.
  void drain(Map<Operation, Histogram> totals) {
    recorders.forEach((operation, recorder) -> {
      Histogram interval = recorder.getIntervalHistogram();
      if (interval.getTotalCount() > 0) {
        totals.computeIfAbsent(operation, _ -> histogram()).add(interval);
      }
    });
  }

  /// Adds the errors since the start to `totals`.
  void addErrors(Map<String, Long> totals) {
    errors.forEach((type, count) -> totals.merge(type, count.sum(), Long::sum));
  }
}
