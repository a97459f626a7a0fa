package dev.evenkeel.telemetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// The figures of one process, or of one node in it. What the nodes of a process count and time
/// adds up; of a gauge each node has its own.
public final class Telemetry {
  private static final String NODE = "node";

  private final Probes probes;
  private final ConcurrentSkipListMap<String, OperationMeter> operations;
  private final ReentrantLock lock;

  /// Guarded by `lock`, as are the two below.
  private final Map<MeterName, Counter> counters;

  private final Map<MeterName, DoubleSupplier> gauges;
  private final Map<MeterName, LatencyHistogram> histograms;

  /// Keys and values in turn, in front of those that a gauge has by itself.
  private final List<String> gaugeLabels;

  /// Made at the first scrape; guarded by `lock`.
  private @Nullable Exposition exposition;

  /// Of a process.
  public Telemetry() {
    probes = new Probes();
    operations = new ConcurrentSkipListMap<>();
    lock = new ReentrantLock();
    counters = new LinkedHashMap<>();
    gauges = new LinkedHashMap<>();
    histograms = new LinkedHashMap<>();
    gaugeLabels = List.of();
  }

  private Telemetry(Telemetry process, List<String> gaugeLabels) {
    probes = process.probes;
    operations = process.operations;
    lock = process.lock;
    counters = process.counters;
    gauges = process.gauges;
    histograms = process.histograms;
    this.gaugeLabels = gaugeLabels;
  }

  /// That of a node in this process: all meters are the process's, but gauges are labelled with the
  /// node, because one in the place of another would hide it.
  ///
  /// @param number of the node
  public Telemetry ofNode(int number) {
    return new Telemetry(this, List.of(NODE, Integer.toString(number)));
  }

  /// The named events of this node.
  public Probes probes() {
    return probes;
  }

  /// The meter of an API operation; the same one for the same name. Ask once, keep it.
  ///
  /// @param name the operation, of a closed set
  public OperationMeter operation(String name) {
    return operations.computeIfAbsent(name, key -> new OperationMeter());
  }

  /// The counter of that name and those labels; the same one when asked again.
  ///
  /// @param name dotted, without prefix and without `total`, for example `wal.syncs`
  /// @param help what it counts, one sentence
  /// @param labels keys and values in turn, values of a closed set
  public Counter counter(String name, String help, String... labels) {
    lock.lock();
    try {
      return counters.computeIfAbsent(MeterName.of(name, help, labels), key -> new Counter());
    } finally {
      lock.unlock();
    }
  }

  /// The histogram of that name and those labels; the same one when asked again.
  ///
  /// @param name dotted, without prefix and without unit, for example `wal.sync`
  public LatencyHistogram latency(String name, String help, String... labels) {
    lock.lock();
    try {
      return histograms.computeIfAbsent(
          MeterName.of(name, help, labels), key -> new LatencyHistogram());
    } finally {
      lock.unlock();
    }
  }

  /// Shows what `value` yields at each scrape. A second gauge of the same name and labels takes the
  /// place of the first (a part that was closed and opened again); gauges of different nodes stand
  /// side by side.
  ///
  /// @param value called by any thread; must not block
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    lock.lock();
    try {
      List<String> all = new ArrayList<>(gaugeLabels);
      all.addAll(List.of(labels));
      gauges.put(MeterName.of(name, help, all.toArray(new String[0])), value);
    } finally {
      lock.unlock();
    }
  }

  /// Everything in Prometheus' text format (version 0.0.4). Takes milliseconds, the first time some
  /// hundred: not for an event loop.
  public String scrape() {
    lock.lock();
    try {
      if (exposition == null) {
        exposition = new Exposition(this);
      }
      return exposition.scrape();
    } finally {
      lock.unlock();
    }
  }

  Map<String, OperationMeter> operations() {
    return operations;
  }

  Map<MeterName, Counter> counters() {
    return counters;
  }

  Map<MeterName, DoubleSupplier> gauges() {
    return gauges;
  }

  Map<MeterName, LatencyHistogram> histograms() {
    return histograms;
  }

  /// What tells one meter from another. Two with the same name and labels are the same whatever
  /// their help says.
  ///
  /// @param labels keys and values in turn
  record MeterName(String name, List<String> labels, String help) {
    static MeterName of(String name, String help, String... labels) {
      if (labels.length % 2 != 0) {
        throw new IllegalArgumentException("a label of " + name + " has no value");
      }
      return new MeterName(name, List.of(labels), help);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof MeterName that
          && name.equals(that.name)
          && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + labels.hashCode();
    }
  }
}
