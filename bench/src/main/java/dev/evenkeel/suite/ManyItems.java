package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.Operation;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.util.List;

/// Items per second of requests that write many, against those of PutItem.
final class ManyItems {
  private static final String TABLE = "few";
  private static final double BATCH_MIN = 3;
  private static final double TRANSACTION_MIN = 0.5;
  private static final double SPREAD_MIN = 0.2;

  private final Plan plan;
  private final Server server;

  private ManyItems(Plan plan, Server server) {
    this.plan = plan;
    this.server = server;
  }

  /// Measures on `server`, in whose table the few items are.
  static List<Figure> measure(Plan plan, Server server) throws IOException, BenchFailure {
    ManyItems self = new ManyItems(plan, server);
    for (int i = 2; i <= Operation.TRANSACTED; i++) {
      self.load(Workload.LOAD, TABLE + "-" + i).prepare();
    }
    return List.of(
        self.figure("BatchWriteItem of 25", Workload.BATCH, Operation.BATCHED, BATCH_MIN),
        self.figure(
            "TransactWriteItems of 4, one group",
            Workload.TRANSACT,
            Operation.TRANSACTED,
            TRANSACTION_MIN),
        self.figure(
            "TransactWriteItems of 4, four groups",
            Workload.SPREAD,
            Operation.TRANSACTED,
            SPREAD_MIN));
  }

  private Figure figure(String name, Workload workload, int items, double least)
      throws IOException, BenchFailure {
    Rounds rounds = Rounds.of(plan, load(Workload.WRITE_ONLY, TABLE), load(workload, TABLE));
    double ratio = items * rounds.throughputRatio();
    return new Figure(
        "items/s of " + name + ", against PutItem",
        Text.of("%.2f ×", ratio),
        Text.of("≥ %.1f ×", least),
        ratio >= least,
        rounds.throughputDetail("PutItem", "requests") + conflicts(rounds));
  }

  private static String conflicts(Rounds rounds) {
    long conflicts =
        rounds.second().stream().mapToLong(each -> Load.conflicts(each.result())).sum();
    return conflicts == 0 ? "" : Text.of(", %,d refused by conflicts, not counted", conflicts);
  }

  private Load load(Workload workload, String table) {
    return Load.of(server.process(), server.port(), workload, table, plan.fewItems());
  }
}
