package dev.evenkeel.telemetry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The figures of one API operation: requests, errors by name, latency, in flight.
public final class OperationMeter {
  private final LatencyHistogram latency = new LatencyHistogram();
  private final LongAdder started = new LongAdder();

  /// By the error's name; bounded because the names are those of `ApiException.Kind`.
  private final ConcurrentHashMap<String, LongAdder> errors = new ConcurrentHashMap<>();

  OperationMeter() {}

  public void started() {
    started.increment();
  }

  /// A request that was started has its answer.
  ///
  /// @param nanos time from the whole request received to its answer handed to the socket
  /// @param error the error's name, or empty for success
  public void finished(long nanos, String error) {
    latency.record(nanos);
    if (!error.isEmpty()) {
      errors.computeIfAbsent(error, name -> new LongAdder()).increment();
    }
  }

  /// Requests answered, with success or not.
  public long finished() {
    return latency.count();
  }

  /// Requests that wait for their answer.
  public long inFlight() {
    return Math.max(0, started.sum() - latency.count());
  }

  public LatencyHistogram latency() {
    return latency;
  }

  /// Count of errors by name, in the order of the names.
  public Map<String, Long> errors() {
    Map<String, Long> counts = new TreeMap<>();
    errors.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }
}
