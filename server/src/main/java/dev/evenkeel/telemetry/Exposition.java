package dev.evenkeel.telemetry;

import dev.evenkeel.telemetry.Telemetry.MeterName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;

/// [Telemetry] in Prometheus' text format, through Micrometer's registry, with the figures of the
/// JVM and the process beside our own.
///
/// Counters and gauges become Micrometer meters that read ours. Histograms and what has labels that
/// are known only as they occur (errors by name, events) go through [LabelledFamilies], because
/// Micrometer has no meter that reads a finished histogram.
///
/// Used under the lock of its [Telemetry].
final class Exposition {
  static final String PREFIX = "evenkeel.";

  private final Telemetry telemetry;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /// What the registry has already.
  private final Set<MeterName> registered = new HashSet<>();

  Exposition(Telemetry telemetry) {
    this.telemetry = telemetry;
    registry.getPrometheusRegistry().register(new LabelledFamilies(telemetry));
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    bindGarbageCollector();
  }

  String scrape() {
    telemetry.counters().forEach(this::register);
    telemetry.gauges().keySet().forEach(this::register);
    return registry.scrape();
  }

  /// Lives as long as the process, like the registry it reports to.
  @SuppressWarnings({"resource", "MustBeClosedChecker"})
  private void bindGarbageCollector() {
    new JvmGcMetrics().bindTo(registry);
  }

  private void register(MeterName name, Counter counter) {
    if (registered.add(name)) {
      FunctionCounter.builder(PREFIX + name.name(), counter, Counter::value)
          .description(name.help())
          .tags(tags(name))
          .register(registry);
    }
  }

  /// Reads through the map, so that a gauge which took another's place is the one that shows.
  private void register(MeterName name) {
    if (registered.add(name)) {
      Gauge.builder(PREFIX + name.name(), () -> value(name))
          .description(name.help())
          .tags(tags(name))
          .register(registry);
    }
  }

  private double value(MeterName name) {
    DoubleSupplier gauge = telemetry.gauges().get(name);
    return gauge == null ? Double.NaN : gauge.getAsDouble();
  }

  private static Tags tags(MeterName name) {
    return Tags.of(name.labels().toArray(new String[0]));
  }
}
