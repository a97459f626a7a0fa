package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// GetItem and PutItem of 1 KB items against a bare server that answers the same bytes, and the
/// percentiles of both at half of the throughput that was reached.
final class SingleItem {
  private static final String KEY = "{\"pk\":{\"S\":\"user000000000001\"}}";
  private static final String TABLE = "few";
  private static final double READ_COST_MAX = 2.0;
  private static final double WRITE_COST_MAX = 3.0;
  private static final double WRITE_THROUGHPUT_MIN = 0.35;
  private static final double TAIL_MAX = 5.0;

  private final Plan plan;
  private final Server server;
  private final List<Figure> figures = new ArrayList<>();

  private SingleItem(Plan plan, Server server) {
    this.plan = plan;
    this.server = server;
  }

  /// Measures on `server`, in whose table the few items are.
  static List<Figure> measure(Plan plan, Server server) throws IOException, BenchFailure {
    SingleItem self = new SingleItem(plan, server);
    int getPort = Probe.freePort();
    int putPort = Probe.freePort();
    Path get = server.answer(plan, "GetItem", "{\"TableName\":\"few\",\"Key\":" + KEY + "}");
    Path put = server.answer(plan, "PutItem", "{\"TableName\":\"answers\",\"Item\":" + KEY + "}");
    List<String> ports =
        List.of(
            Integer.toString(getPort), get.toString(), Integer.toString(putPort), put.toString());
    try (ChildProcess ceiling = Server.startCeiling(plan, server, ports)) {
      self.reads(self.ceilingLoad(ceiling, getPort, Workload.GET));
      self.writes(self.ceilingLoad(ceiling, putPort, Workload.WRITE_ONLY));
    }
    return self.figures;
  }

  private void reads(Load ceiling) throws IOException, BenchFailure {
    Load load = serverLoad(Workload.GET);
    Rounds rounds = Rounds.of(plan, ceiling, load);
    figures.add(
        new Figure(
            "CPU per consistent GetItem, against the ceiling",
            Text.of("%.2f ×", rounds.cpuRatio()),
            "≤ 2.0 ×",
            rounds.cpuRatio() <= READ_COST_MAX,
            rounds.cpuDetail("ceiling", "server")));
    figures.add(
        Figure.note(
            "throughput of GetItem, against the ceiling",
            Text.of("%.2f ×", rounds.throughputRatio()),
            rounds.throughputDetail("ceiling", "server")));
    figures.add(halfLoad("GetItem", load, rounds.second(), ""));
    figures.add(halfLoad("the ceiling's GetItem", ceiling, rounds.first(), ""));
  }

  private void writes(Load ceiling) throws IOException, BenchFailure {
    Load load = serverLoad(Workload.WRITE_ONLY);
    Rounds rounds = Rounds.of(plan, ceiling, load);
    figures.add(
        new Figure(
            "CPU per durable PutItem, 64 connections, against the ceiling",
            Text.of("%.2f ×", rounds.cpuRatio()),
            "≤ 3.0 ×",
            rounds.cpuRatio() <= WRITE_COST_MAX,
            rounds.cpuDetail("ceiling", "server")));
    figures.add(
        new Figure(
            "throughput of durable PutItem, 64 connections, against the ceiling",
            Text.of("%.2f ×", rounds.throughputRatio()),
            "≥ 0.35 ×",
            rounds.throughputRatio() >= WRITE_THROUGHPUT_MIN,
            rounds.throughputDetail("ceiling", "server")));
    figures.add(halfLoad("PutItem", load, rounds.second(), "≤ 5 ×"));
    figures.add(halfLoad("the ceiling's PutItem", ceiling, rounds.first(), ""));
  }

  /// Open loop at half of what `reached` says; the median over as many runs as there are rounds of
  /// the length that fits into the plan.
  private Figure halfLoad(String name, Load load, List<Load.Sample> reached, String target)
      throws IOException, BenchFailure {
    double rate = Median.of(reached, Load.Sample::throughput) / 2;
    List<Load.Sample> runs = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      runs.add(load.run(plan.halfLoad().dividedBy(3), rate));
    }
    double p50 = Median.of(runs, run -> run.millis(50));
    double p99 = Median.of(runs, run -> run.millis(99));
    double ratio = Median.of(runs, run -> run.millis(99) / run.millis(50));
    return new Figure(
        "p99 against p50 at half load, " + name,
        Text.of("%.1f ×", ratio),
        target,
        ratio <= TAIL_MAX,
        Text.of("%,.0f/s due; p50 %.2f ms, p99 %.2f ms", rate, p50, p99));
  }

  private Load serverLoad(Workload workload) {
    return Load.of(server.process(), server.port(), workload, TABLE, plan.fewItems());
  }

  private Load ceilingLoad(ChildProcess ceiling, int port, Workload workload) {
    return Load.of(ceiling, port, workload, TABLE, plan.fewItems());
  }
}
