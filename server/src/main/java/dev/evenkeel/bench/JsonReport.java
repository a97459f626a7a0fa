package dev.evenkeel.bench;

import java.io.PrintStream;
import java.io.StringWriter;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A result for programs: one JSON object. Latencies in microseconds.
final class JsonReport {
  private JsonReport() {}

  /// Prints `result`.
  static void print(BenchResult result, PrintStream out) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      options(result.options(), json);
      json.writeNumberProperty("elapsedSeconds", result.elapsed().toNanos() / 1e9);
      json.writeNumberProperty("operations", result.operations());
      json.writeNumberProperty("operationsPerSecond", result.throughput());
      json.writeNumberProperty("failures", result.failures());
      json.writeNumberProperty("notFound", result.notFound());
      json.writeNumberProperty("scannedItems", result.scannedItems());
      json.writeNumberProperty("neverStarted", result.behind());
      json.writeNumberProperty("generatorMicrosPerOperation", result.generatorMicrosPerOperation());
      json.writeObjectPropertyStart("errors");
      result.errors().forEach(json::writeNumberProperty);
      json.writeEndObject();
      json.writeObjectPropertyStart("latencyMicros");
      result.latencies().forEach((kind, latency) -> latency(kind.label(), latency, json));
      latency("all", result.overall(), json);
      latency("all-corrected", result.corrected(), json);
      json.writeEndObject();
      json.writeEndObject();
    }
    out.println(text);
  }

  private static void options(BenchOptions options, JsonGenerator json) {
    json.writeStringProperty("endpoint", options.target().endpoint().toString());
    json.writeStringProperty("table", options.target().table());
    json.writeStringProperty("workload", options.workload().label());
    json.writeStringProperty("loop", options.pace().isOpenLoop() ? "open" : "closed");
    json.writeNumberProperty("rate", options.pace().rate());
    json.writeNumberProperty("connections", options.pace().connections());
    json.writeNumberProperty("pipeline", options.pace().pipeline());
    json.writeNumberProperty("items", options.data().items());
    json.writeNumberProperty("itemBytes", options.data().itemBytes());
    json.writeStringProperty("distribution", options.distribution().name());
    json.writeBooleanProperty("eventual", options.data().eventual());
    json.writeNumberProperty("seed", options.data().seed());
  }

  private static void latency(String name, Histogram latency, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("count", latency.getTotalCount());
    json.writeNumberProperty("mean", latency.getMean() / 1e3);
    json.writeNumberProperty("p50", latency.getValueAtPercentile(50) / 1e3);
    json.writeNumberProperty("p99", latency.getValueAtPercentile(99) / 1e3);
    json.writeNumberProperty("p99.9", latency.getValueAtPercentile(99.9) / 1e3);
    json.writeNumberProperty("max", latency.getMaxValue() / 1e3);
    json.writeEndObject();
  }
}
