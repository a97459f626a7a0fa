package dev.evenkeel.suite;

import dev.evenkeel.bench.Bench;
import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.BenchOptions;
import dev.evenkeel.bench.BenchResult;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Load on one port, and what it cost the process behind it.
///
/// @param process whose processor time is counted
/// @param options of the load, but for its length
record Load(ChildProcess process, BenchOptions options) {
  private static final PrintStream SILENT =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private static final int CONNECTIONS = 64;

  /// One run.
  ///
  /// @param cpuMicros processor time of the server per operation
  record Sample(double cpuMicros, BenchResult result) {
    double throughput() {
      return result.throughput();
    }

    double millis(double percentile) {
      return result.overall().getValueAtPercentile(percentile) / 1e6;
    }
  }

  /// 64 connections, closed loop, 1 KB items, uniform keys, consistent reads.
  static Load of(ChildProcess process, int port, Workload workload, String table, long items) {
    BenchOptions options =
        new BenchOptions(
            new BenchOptions.Target(
                URI.create("http://127.0.0.1:" + port),
                "local",
                null,
                table,
                Duration.ofSeconds(10)),
            workload,
            new BenchOptions.Data(items, 1_024, 10, 1, null, false, 1),
            pace(CONNECTIONS, 0, Duration.ZERO),
            false);
    return new Load(process, options);
  }

  /// The same with small items of one field.
  Load withItemBytes(int itemBytes) {
    BenchOptions.Data data = options.data();
    return new Load(
        process,
        options.withData(
            new BenchOptions.Data(data.items(), itemBytes, 1, 1, null, false, data.seed())));
  }

  /// The same with so many items under a partition key.
  Load withCollection(int collection) {
    BenchOptions.Data data = options.data();
    return new Load(
        process,
        options.withData(
            new BenchOptions.Data(
                data.items(),
                data.itemBytes(),
                data.fields(),
                collection,
                null,
                false,
                data.seed())));
  }

  /// The same with other operations.
  Load withWorkload(Workload workload) {
    return new Load(process, options.withWorkload(workload));
  }

  /// Runs as fast as answers come.
  Sample run(Duration length) throws BenchFailure, IOException {
    return run(pace(CONNECTIONS, 0, length));
  }

  /// Runs at a fixed rate.
  Sample run(Duration length, double rate) throws BenchFailure, IOException {
    return run(pace(CONNECTIONS, rate, length));
  }

  /// Runs a workload that ends by itself on a number of connections.
  Sample runToItsEnd(int connections) throws BenchFailure, IOException {
    return run(pace(connections, 0, Duration.ZERO));
  }

  /// Creates the table and loads it.
  void prepare() throws BenchFailure {
    BenchResult loaded = Bench.measure(options.withWorkload(Workload.LOAD), SILENT);
    if (loaded.failures() > 0) {
      throw new BenchFailure(
          "loading %s: %d failures, %s",
          options.target().table(), loaded.failures(), loaded.errors());
    }
  }

  private Sample run(BenchOptions.Pace pace) throws BenchFailure, IOException {
    long before = process.cpuNanos();
    BenchResult result = Bench.drive(options.withPace(pace), SILENT);
    long used = process.cpuNanos() - before;
    if (result.failures() > conflicts(result) || result.notFound() > 0) {
      throw new BenchFailure(
          "%s: %d failures %s, %d items not found",
          options.workload().label(), result.failures(), result.errors(), result.notFound());
    }
    return new Sample(used / 1e3 / Math.max(1, result.operations()), result);
  }

  /// Transactions that met another one on the same item: that is no failure, and they do not count.
  static long conflicts(BenchResult result) {
    return result.errors().getOrDefault("TransactionCanceledException", 0L);
  }

  private static BenchOptions.Pace pace(int connections, double rate, Duration length) {
    return new BenchOptions.Pace(connections, 1, 1, rate, Duration.ZERO, length, 0);
  }
}
