package dev.evenkeel.suite;

import dev.evenkeel.bench.BenchFailure;
import dev.evenkeel.bench.BenchResult;
import dev.evenkeel.bench.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Items per second of a Scan that follows its pages to the end of a table of small items.
final class ScanRate {
  private static final int ITEM_BYTES = 100;
  private static final double ITEMS_PER_SECOND_MIN = 100_000;
  private static final int SEGMENTS = 4;

  private ScanRate() {}

  /// Loads a table of small items into `server` and scans it, a page after the other and in
  /// segments.
  static List<Figure> measure(Plan plan, Server server) throws IOException, BenchFailure {
    Load load =
        Load.of(server.process(), server.port(), Workload.SCAN, "small", plan.smallItems())
            .withItemBytes(ITEM_BYTES);
    load.prepare();
    double single = median(plan, load, 1);
    double parallel = median(plan, load, SEGMENTS);
    String what = Text.of("%,d items of %d bytes, pages of 1 MB", plan.smallItems(), ITEM_BYTES);
    return List.of(
        new Figure(
            "Scan, one page after the other",
            Text.of("%,.0f items/s", single),
            "≥ 100,000/s",
            single >= ITEMS_PER_SECOND_MIN,
            what),
        Figure.note("Scan, 4 segments in parallel", Text.of("%,.0f items/s", parallel), what));
  }

  private static double median(Plan plan, Load load, int segments)
      throws IOException, BenchFailure {
    List<BenchResult> results = new ArrayList<>();
    for (int round = -2; round < plan.rounds(); round++) {
      BenchResult result = load.runToItsEnd(segments).result();
      if (result.scannedItems() != plan.smallItems()) {
        throw new BenchFailure(
            "a Scan saw %d of %d items", result.scannedItems(), plan.smallItems());
      }
      if (round >= 0) {
        results.add(result);
      }
    }
    return Median.of(results, result -> result.perSecond(result.scannedItems()));
  }
}
