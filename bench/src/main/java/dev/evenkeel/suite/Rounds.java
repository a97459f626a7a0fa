package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Two loads in turns.
///
/// @param first samples of the one
/// @param second samples of the other, round by round
record Rounds(List<Load.Sample> first, List<Load.Sample> second) {

  /// Warms both up, then measures them in turns.
  static Rounds of(Plan plan, Load one, Load other) throws BenchFailure, IOException {
    one.run(plan.warmup());
    other.run(plan.warmup());
    Rounds rounds = new Rounds(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < plan.rounds(); round++) {
      rounds.first.add(one.run(plan.round()));
      rounds.second.add(other.run(plan.round()));
    }
    return rounds;
  }

  /// How many times the second's processor time per operation is that of the first.
  double cpuRatio() {
    return Median.ofRatios(cpu(second), cpu(first));
  }

  /// How many times the second's throughput is that of the first.
  double throughputRatio() {
    return Median.ofRatios(throughput(second), throughput(first));
  }

  /// Processor time of both per operation, for the report.
  String cpuDetail(String nameOfFirst, String nameOfSecond) {
    return Text.of(
        "%s %.1f µs (%s), %s %.1f µs (%s)",
        nameOfSecond,
        Median.of(second, Load.Sample::cpuMicros),
        Text.range(cpu(second)),
        nameOfFirst,
        Median.of(first, Load.Sample::cpuMicros),
        Text.range(cpu(first)));
  }

  /// Throughput of both, for the report.
  String throughputDetail(String nameOfFirst, String nameOfSecond) {
    return Text.of(
        "%s %,.0f/s, %s %,.0f/s",
        nameOfSecond,
        Median.of(second, Load.Sample::throughput),
        nameOfFirst,
        Median.of(first, Load.Sample::throughput));
  }

  private static double[] cpu(List<Load.Sample> samples) {
    return samples.stream().mapToDouble(Load.Sample::cpuMicros).toArray();
  }

  private static double[] throughput(List<Load.Sample> samples) {
    return samples.stream().mapToDouble(Load.Sample::throughput).toArray();
  }
}
