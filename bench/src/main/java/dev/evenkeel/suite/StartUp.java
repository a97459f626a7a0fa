package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// How soon the server answers, and how much memory it holds then.
final class StartUp {
  private static final double SECONDS_MAX = 1.5;
  private static final double MEGABYTES_MAX = 250;
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private StartUp() {}

  /// Starts the server again and again, each time on an empty directory.
  static List<Figure> measure(Plan plan) throws IOException, BenchFailure {
    List<Double> seconds = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (int i = 0; i < plan.starts(); i++) {
      try (Server server = Server.start(plan, "start-" + i, 3)) {
        seconds.add(server.firstAnswer().toNanos() / 1e9);
        LockSupport.parkNanos(SETTLE.toNanos());
        megabytes.add(server.process().residentBytes() / 1e6);
      }
    }
    double start = Median.of(seconds, Double::doubleValue);
    double memory = Median.of(megabytes, Double::doubleValue);
    return List.of(
        new Figure(
            "first successful request after exec",
            Text.of("%.2f s", start),
            "≤ 1.5 s",
            start <= SECONDS_MAX,
            Text.of("%d starts, %s s", plan.starts(), range(seconds))),
        new Figure(
            "resident memory after start",
            Text.of("%.0f MB", memory),
            "≤ 250 MB",
            memory <= MEGABYTES_MAX,
            Text.of("one second after the first answer, %s MB", range(megabytes))));
  }

  private static String range(List<Double> values) {
    return Text.range(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
