package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Query of a collection of 1 KB items against a bare server that answers the same bytes.
final class QueryPage {
  private static final int ITEMS = 50;
  private static final String TABLE = "collections";
  private static final double THROUGHPUT_MIN = 0.5;
  private static final String BODY =
      "{\"TableName\":\"collections\",\"KeyConditionExpression\":\"pk = :p\","
          + "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"user000000000001\"}},"
          + "\"ConsistentRead\":true}";

  private QueryPage() {}

  /// Loads a table of collections into `server` and measures.
  static Figure measure(Plan plan, Server server) throws IOException, BenchFailure {
    Load load =
        Load.of(server.process(), server.port(), Workload.QUERY, TABLE, plan.fewItems())
            .withCollection(ITEMS);
    load.prepare();
    Path answer = server.answer(plan, "Query", BODY);
    int port = Probe.freePort();
    List<String> answers = List.of(Integer.toString(port), answer.toString());
    try (ChildProcess ceiling = Server.startCeiling(plan, server, answers)) {
      Load bare =
          Load.of(ceiling, port, Workload.QUERY, TABLE, plan.fewItems()).withCollection(ITEMS);
      Rounds rounds = Rounds.of(plan, bare, load);
      return new Figure(
          Text.of("throughput of Query of %d items of 1 KB, against the ceiling", ITEMS),
          Text.of("%.2f ×", rounds.throughputRatio()),
          Text.of("≥ %.1f ×", THROUGHPUT_MIN),
          rounds.throughputRatio() >= THROUGHPUT_MIN,
          rounds.throughputDetail("ceiling", "server")
              + "; CPU "
              + rounds.cpuDetail("ceiling", "server"));
    }
  }
}
