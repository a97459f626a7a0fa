package dev.evenkeel.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Collects what the drivers measure, and says once a second how it goes.
final class Progress {
  private final List<Measurements> sources;
  private final PrintStream out;
  private final long startNanos;
  private final Map<Operation, Histogram> totals = new EnumMap<>(Operation.class);
  private long lastCount;
  private long lastNanos;

  Progress(List<Measurements> sources, PrintStream out, long startNanos) {
    this.sources = sources;
    this.out = out;
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
  }

  /// Takes over what came since the last call and prints a line.
  ///
  /// @param warming whether the measured part has not begun
  void tick(long now, boolean warming) {
    Map<Operation, Histogram> interval = drain();
    Histogram latency = Measurements.histogram();
    interval.values().forEach(latency::add);
    long count = sources.stream().mapToLong(Measurements::answeredCount).sum();
    double rate = (count - lastCount) * 1e9 / Math.max(1, now - lastNanos);
    String detail =
        warming
            ? "warming up"
            : String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, errors %,d",
                latency.getValueAtPercentile(50) / 1e6,
                latency.getValueAtPercentile(99) / 1e6,
                errors().values().stream().mapToLong(Long::longValue).sum());
    out.println(
        String.format(
            Locale.ROOT,
            "%4d s  %,10.0f operations/s  %s",
            Duration.ofNanos(now - startNanos).toSeconds(),
            rate,
            detail));
    lastCount = count;
    lastNanos = now;
  }

  /// Takes over what came since the last call.
  Map<Operation, Histogram> drain() {
    Map<Operation, Histogram> interval = new EnumMap<>(Operation.class);
    sources.forEach(source -> source.drain(interval));
    interval.forEach((operation, histogram) ->
        totals.computeIfAbsent(operation, _ -> Measurements.histogram()).add(histogram));
    return interval;
  }

  /// All latencies that were taken over.
  Map<Operation, Histogram> latencies() {
    return totals;
  }

  /// All errors so far, by name.
  SortedMap<String, Long> errors() {
    SortedMap<String, Long> errors = new TreeMap<>();
    sources.forEach(source -> source.addErrors(errors));
    return errors;
  }
}
