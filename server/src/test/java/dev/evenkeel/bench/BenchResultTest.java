package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BenchResultTest {
  private static final long MILLI = 1_000_000;

  @Test
  void aStallCountsForEveryOperationThatItHeldUp() {
    // One connection, 1 ms each, and in the middle of 10 s one answer that takes 5 s.
    BenchResult result = result(0, stalled());
    assertThat(result.overall().getValueAtPercentile(99)).isLessThan(2 * MILLI);
    Histogram corrected = result.corrected();
    assertThat(corrected.getTotalCount()).isBetween(7_000L, 10_100L);
    assertThat((double) corrected.getValueAtPercentile(99)).isGreaterThan(4_500.0 * MILLI);
  }

  @Test
  void openLoopNeedsNoCorrection() {
    BenchResult result = result(1_000, stalled());
    assertThat(result.corrected()).isEqualTo(result.overall());
  }

  @Test
  void throughputIsOverTheMeasuredTime() {
    assertThat(result(0, stalled()).throughput()).isCloseTo(500.1, within(0.01));
  }

  @Test
  void reportsNameWhatWentWrong() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    BenchResult result = result(1_000, stalled());
    TextReport.print(result, new PrintStream(text, true));
    assertThat(text.toString(UTF_8))
        .contains("error        ThrottlingException: 3")
        .contains("2 reads found no item")
        .contains("fell behind: 7 operations");
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonReport.print(result, new PrintStream(json, true));
    assertThat(json.toString(UTF_8))
        .startsWith("{\"endpoint\":\"http://localhost:1\"")
        .contains("\"errors\":{\"ThrottlingException\":3}")
        .contains("\"neverStarted\":7");
  }

  private static Histogram stalled() {
    Histogram latencies = Measurements.histogram();
    for (int i = 0; i < 5_000; i++) {
      latencies.recordValue(MILLI);
    }
    latencies.recordValue(5_000 * MILLI);
    return latencies;
  }

  private static BenchResult result(double rate, Histogram latencies) {
    BenchOptions options =
        new BenchOptions(
            new BenchOptions.Target(
                URI.create("http://localhost:1"), "local", null, "t", Duration.ofSeconds(1)),
            Workload.GET,
            new BenchOptions.Data(10, 1_024, 10, 1, null, false, 1),
            new BenchOptions.Pace(1, 1, 1, rate, Duration.ZERO, Duration.ofSeconds(10), 0),
            false);
    return new BenchResult(
        options,
        Duration.ofSeconds(10),
        Map.of(Operation.READ, latencies),
        new TreeMap<>(Map.of("ThrottlingException", 3L)),
        2,
        0,
        7,
        Duration.ofMillis(50));
  }
}
