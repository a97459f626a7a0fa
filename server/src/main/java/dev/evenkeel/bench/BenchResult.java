package dev.evenkeel.bench;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/// What a run measured. Latencies in nanoseconds.
///
/// @param elapsed from the end of the warm-up to the last answer
/// @param latencies of successful operations, by kind
/// @param errors operations that failed, by the error's name
/// @param notFound reads among the successful ones that found no item
/// @param scannedItems items in the pages of a Scan
/// @param behind open loop: operations that were due and never started
/// @param generatorCpu that the generator's whole process used meanwhile
public record BenchResult(
    BenchOptions options,
    Duration elapsed,
    Map<Operation, Histogram> latencies,
    SortedMap<String, Long> errors,
    long notFound,
    long scannedItems,
    long behind,
    Duration generatorCpu) {

  /// Successful operations.
  public long operations() {
    return latencies.values().stream().mapToLong(Histogram::getTotalCount).sum();
  }

  /// Successful operations of one kind.
  public long count(Operation operation) {
    Histogram histogram = latencies.get(operation);
    return histogram == null ? 0 : histogram.getTotalCount();
  }

  /// Operations that failed.
  public long failures() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Successful operations per second.
  public double throughput() {
    return perSecond(operations());
  }

  /// `count` things per second of the measured time.
  public double perSecond(long count) {
    return elapsed.isPositive() ? count * 1e9 / elapsed.toNanos() : 0;
  }

  /// Latencies of all operations together.
  public Histogram overall() {
    Histogram all = Measurements.histogram();
    latencies.values().forEach(all::add);
    return all;
  }

  /// [#overall], corrected for coordinated omission. In open loop latencies count from the intended
  /// start, and there is nothing to correct. In closed loop an answer that took longer than a
  /// connection's mean interval between two operations stands for the operations that it held up.
  public Histogram corrected() {
    Histogram all = overall();
    if (options.pace().isOpenLoop() || all.getTotalCount() == 0) {
      return all;
    }
    long inFlight = (long) options.pace().connections() * options.pace().pipeline();
    long interval = Math.max(1, elapsed.toNanos() * inFlight / all.getTotalCount());
    return all.copyCorrectedForCoordinatedOmission(interval);
  }

  /// Processor time of the generator per operation, failed ones included, in microseconds.
  public double generatorMicrosPerOperation() {
    long count = operations() + failures();
    return count == 0 ? 0 : generatorCpu.toNanos() / 1e3 / count;
  }
}
