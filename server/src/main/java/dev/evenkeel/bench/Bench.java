package dev.evenkeel.bench;

import java.io.PrintStream;
import java.time.Duration;

/// The door to the load generator.
public final class Bench {
  /// Exit code of a run that measured something and, for a load, loaded everything.
  public static final int EXIT_OK = 0;

  /// Exit code of a run that could not start, or that only failed.
  public static final int EXIT_FAILED = 1;

  private Bench() {}

  /// Runs a benchmark and prints the result to `out`. A failure to start is one line on `progress`.
  ///
  /// @param progress gets a line each second
  /// @return the exit code
  public static int run(BenchOptions options, PrintStream out, PrintStream progress) {
    try {
      BenchResult result = measure(options, progress);
      if (options.json()) {
        JsonReport.print(result, out);
      } else {
        TextReport.print(result, out);
      }
      boolean incomplete = options.workload().isFinite() && result.failures() > 0;
      return result.operations() == 0 || incomplete ? EXIT_FAILED : EXIT_OK;
    } catch (BenchFailure e) {
      progress.println("evenkeel bench: " + e.getMessage());
      return EXIT_FAILED;
    }
  }

  /// Runs a benchmark. A table that is missing is created, and, unless the workload is the load
  /// itself, loaded first.
  public static BenchResult measure(BenchOptions options, PrintStream progress)
      throws BenchFailure {
    TableSetup setup = new TableSetup(options, BenchRun.signer(options.target()));
    for (String table : options.tables()) {
      if (setup.ensure(table)) {
        progress.println("created table " + table);
        if (options.workload() != Workload.LOAD) {
          progress.println("loading " + options.data().items() + " items");
          load(options.withTable(table), progress);
        }
      }
    }
    return drive(options, progress);
  }

  /// Runs a benchmark against an endpoint as it is: no table is looked for, created or loaded.
  public static BenchResult drive(BenchOptions options, PrintStream progress) throws BenchFailure {
    return new BenchRun(options, progress).run();
  }

  private static void load(BenchOptions options, PrintStream progress) throws BenchFailure {
    BenchOptions.Pace pace = options.pace();
    BenchOptions.Pace fast =
        new BenchOptions.Pace(
            pace.connections(), 1, pace.threads(), 0, Duration.ZERO, pace.duration(), 0);
    BenchResult loaded =
        new BenchRun(options.withWorkload(Workload.LOAD).withPace(fast), progress).run();
    if (loaded.failures() > 0) {
      throw new BenchFailure(
          "%,d of %,d items could not be loaded (%s)",
          loaded.failures(), options.data().items(), loaded.errors().firstKey());
    }
  }
}
