package dev.evenkeel.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// A result for people.
final class TextReport {
  private TextReport() {}

  /// Prints `result`.
  static void print(BenchResult result, PrintStream out) {
    BenchOptions options = result.options();
    BenchOptions.Pace pace = options.pace();
    line(out, "workload     %s (%s)", options.workload().label(), options.workload().description());
    line(
        out,
        "data         %,d items of %,d bytes, keys %s, reads %s, seed %d",
        options.data().items(),
        options.data().itemBytes(),
        options.distribution().name().toLowerCase(Locale.ROOT),
        options.data().eventual() ? "eventually consistent" : "consistent",
        options.data().seed());
    line(
        out,
        "pace         %s, %d connections × %d",
        pace.isOpenLoop()
            ? String.format(Locale.ROOT, "open loop, %,.0f operations/s due", pace.rate())
            : "closed loop",
        pace.connections(),
        pace.pipeline());
    line(
        out,
        "result       %,d operations in %.2f s: %,.0f/s, %,d errors",
        result.operations(),
        result.elapsed().toNanos() / 1e9,
        result.throughput(),
        result.failures());
    line(out, "");
    line(
        out,
        "%-18s %12s %10s %10s %10s %10s",
        "latency (ms)",
        "count",
        "p50",
        "p99",
        "p99.9",
        "max");
    result.latencies().forEach((operation, histogram) -> row(out, operation.label(), histogram));
    row(out, "all", result.overall());
    if (!pace.isOpenLoop()) {
      row(out, "all, corrected", result.corrected());
    }
    line(out, "");
    result.errors().forEach((type, count) -> line(out, "error        %s: %,d", type, count));
    notes(result, out);
  }

  private static void notes(BenchResult result, PrintStream out) {
    if (result.scannedItems() > 0) {
      line(
          out,
          "scanned      %,d items, %,.0f/s",
          result.scannedItems(),
          result.perSecond(result.scannedItems()));
    }
    if (result.notFound() > 0) {
      line(
          out,
          "note         %,d reads found no item: is the table loaded with %,d items?",
          result.notFound(),
          result.options().data().items());
    }
    if (result.behind() > 0) {
      line(
          out,
          "note         fell behind: %,d operations were due and never started; the latencies "
              + "above do not count them",
          result.behind());
    }
    line(out, "generator    %.1f µs CPU per operation", result.generatorMicrosPerOperation());
  }

  private static void row(PrintStream out, String name, Histogram latency) {
    line(
        out,
        "%-18s %,12d %10.3f %10.3f %10.3f %10.3f",
        name,
        latency.getTotalCount(),
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6,
        latency.getValueAtPercentile(99.9) / 1e6,
        latency.getMaxValue() / 1e6);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void line(PrintStream out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
