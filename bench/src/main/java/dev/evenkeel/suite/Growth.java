package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What an operation costs on few and on many items: two servers, in turns.
final class Growth {
  private static final double DRIFT_MAX = 0.15;

  private Growth() {}

  /// Measures on `few` and `many`, whose tables are loaded.
  static List<Figure> measure(Plan plan, Server few, Server many) throws IOException, BenchFailure {
    List<Figure> figures = new ArrayList<>();
    for (Workload workload : List.of(Workload.GET, Workload.WRITE_ONLY)) {
      Load small = Load.of(few.process(), few.port(), workload, "few", plan.fewItems());
      Load large = Load.of(many.process(), many.port(), workload, "many", plan.manyItems());
      Rounds rounds = Rounds.of(plan, small, large);
      double drift = rounds.cpuRatio() - 1;
      figures.add(
          new Figure(
              Text.of(
                  "CPU per %s, %,d against %,d items",
                  workload == Workload.GET ? "GetItem" : "PutItem",
                  plan.manyItems(),
                  plan.fewItems()),
              Text.of("%+.0f %%", drift * 100),
              "± 15 %",
              Math.abs(drift) <= DRIFT_MAX,
              rounds.cpuDetail("few", "many")));
    }
    return figures;
  }
}
