package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.util.List;

/// What agreement costs: a region of three zones in one process, on one disk, against one of one
/// zone, in turns.
final class ThreeZones {
  private static final double WRITES_MIN = 0.5;
  private static final double READS_MIN = 0.9;

  private ThreeZones() {}

  /// Measures on two servers with the same small table.
  static List<Figure> measure(Plan plan, Server one, Server three)
      throws IOException, BenchFailure {
    return List.of(
        figure("PutItem", WRITES_MIN, rounds(plan, one, three, Workload.WRITE_ONLY)),
        figure("consistent GetItem", READS_MIN, rounds(plan, one, three, Workload.GET)));
  }

  private static Rounds rounds(Plan plan, Server one, Server three, Workload workload)
      throws IOException, BenchFailure {
    return Rounds.of(
        plan,
        Load.of(one.process(), one.port(), workload, "few", plan.fewItems()),
        Load.of(three.process(), three.port(), workload, "few", plan.fewItems()));
  }

  private static Figure figure(String operation, double least, Rounds rounds) {
    return new Figure(
        "throughput of " + operation + ", 64 connections, three zones against one",
        Text.of("%.2f ×", rounds.throughputRatio()),
        Text.of("≥ %.1f ×", least),
        rounds.throughputRatio() >= least,
        rounds.throughputDetail("one", "three") + "; CPU " + rounds.cpuDetail("one", "three"));
  }
}
