package dev.evenkeel.telemetry;

import dev.evenkeel.telemetry.Telemetry.MeterName;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/// The families of which Prometheus' client has to be given whole snapshots: figures of operations,
/// named events, histograms.
final class LabelledFamilies implements MultiCollector {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Telemetry telemetry;

  LabelledFamilies(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    all.metricSnapshot(durations());
    all.metricSnapshot(errors());
    all.metricSnapshot(inFlight());
    all.metricSnapshot(events());
    histograms(all);
    return all.build();
  }

  private HistogramSnapshot durations() {
    HistogramSnapshot.Builder family =
        HistogramSnapshot.builder()
            .name("evenkeel_request_duration_seconds")
            .help("Time from the whole request received to its answer handed to the socket.");
    telemetry
        .operations()
        .forEach((operation, meter) ->
            family.dataPoint(point(meter.latency(), Labels.of("operation", operation))));
    return family.build();
  }

  private CounterSnapshot errors() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("evenkeel_request_errors")
            .help("Requests answered with an error, by its name.");
    telemetry
        .operations()
        .forEach((operation, meter) ->
            meter
                .errors()
                .forEach((error, count) ->
                    family.dataPoint(
                        CounterDataPointSnapshot.builder()
                            .labels(Labels.of("operation", operation, "error", error))
                            .value(count)
                            .build())));
    return family.build();
  }

  private GaugeSnapshot inFlight() {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("evenkeel_requests_in_flight")
            .help("Requests that wait for their answer.");
    telemetry
        .operations()
        .forEach((operation, meter) ->
            family.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("operation", operation))
                    .value((double) meter.inFlight())
                    .build()));
    return family.build();
  }

  private CounterSnapshot events() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder().name("evenkeel_events").help("Named events of the code.");
    telemetry
        .probes()
        .counts()
        .forEach((event, count) ->
            family.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(Labels.of("event", event))
                    .value(count)
                    .build()));
    return family.build();
  }

  private void histograms(MetricSnapshots.Builder all) {
    Map<String, HistogramSnapshot.Builder> families = new LinkedHashMap<>();
    telemetry
        .histograms()
        .forEach((name, histogram) ->
            families
                .computeIfAbsent(name.name(), key -> family(name))
                .dataPoint(point(histogram, labels(name))));
    families.values().forEach(family -> all.metricSnapshot(family.build()));
  }

  private static HistogramSnapshot.Builder family(MeterName name) {
    String full = (Exposition.PREFIX + name.name()).replace('.', '_').replace('-', '_');
    return HistogramSnapshot.builder().name(full + "_seconds").help(name.help());
  }

  private static Labels labels(MeterName name) {
    return Labels.of(name.labels().toArray(new String[0]));
  }

  private static HistogramDataPointSnapshot point(LatencyHistogram histogram, Labels labels) {
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(
            ClassicHistogramBuckets.of(LatencyHistogram.boundsSeconds(), histogram.counts()))
        .sum(histogram.sumNanos() / NANOS_PER_SECOND)
        .build();
  }
}
