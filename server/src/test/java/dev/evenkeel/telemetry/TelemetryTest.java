package dev.evenkeel.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private final Telemetry telemetry = new Telemetry();

  @Test
  void scrapeShowsRequestsErrorsAndLatencyPerOperation() {
    OperationMeter meter = telemetry.operation("GetItem");
    for (int request = 0; request < 3; request++) {
      meter.started();
    }
    meter.finished(60_000, "");
    meter.finished(3_000_000, "ResourceNotFoundException");

    assertThat(telemetry.scrape().lines())
        .contains(
            "evenkeel_request_duration_seconds_bucket{operation=\"GetItem\",le=\"5.0E-5\"} 0",
            "evenkeel_request_duration_seconds_bucket{operation=\"GetItem\",le=\"1.0E-4\"} 1",
            "evenkeel_request_duration_seconds_bucket{operation=\"GetItem\",le=\"0.005\"} 2",
            "evenkeel_request_duration_seconds_bucket{operation=\"GetItem\",le=\"+Inf\"} 2",
            "evenkeel_request_duration_seconds_count{operation=\"GetItem\"} 2",
            "evenkeel_request_duration_seconds_sum{operation=\"GetItem\"} 0.00306",
            "evenkeel_request_errors_total{error=\"ResourceNotFoundException\",operation=\"GetItem\"}"
                + " 1.0",
            "evenkeel_requests_in_flight{operation=\"GetItem\"} 1.0");
  }

  @Test
  void scrapeShowsCountersGaugesHistogramsAndEvents() {
    telemetry.counter("wal.syncs", "Syncs.", "outcome", "ok").add(5);
    telemetry.gauge("http.connections", "Open connections.", () -> 7);
    telemetry.latency("wal.sync", "Time of a sync.").record(30_000);
    telemetry.probes().hit("wal.torn-tail-truncated");

    assertThat(telemetry.scrape().lines())
        .contains(
            "evenkeel_wal_syncs_total{outcome=\"ok\"} 5.0",
            "evenkeel_http_connections 7.0",
            "evenkeel_wal_sync_seconds_bucket{le=\"5.0E-5\"} 1",
            "evenkeel_events_total{event=\"wal.torn-tail-truncated\"} 1.0")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
  }

  @Test
  void metersRegisteredAfterTheFirstScrapeShowInTheNext() {
    telemetry.scrape();
    telemetry.counter("late.arrivals", "Late.").increment();
    assertThat(telemetry.scrape()).contains("evenkeel_late_arrivals_total 1.0");
  }

  @Test
  void counterOfTheSameNameAndLabelsIsTheSame() {
    Counter first = telemetry.counter("a.b", "One.", "kind", "x");
    assertThat(telemetry.counter("a.b", "Another help.", "kind", "x")).isSameAs(first);
    assertThat(telemetry.counter("a.b", "One.", "kind", "y")).isNotSameAs(first);
  }

  @Test
  void laterGaugeTakesThePlaceOfTheEarlier() {
    telemetry.gauge("size", "Size.", () -> 1);
    telemetry.scrape();
    telemetry.gauge("size", "Size.", () -> 2);
    assertThat(telemetry.scrape()).contains("evenkeel_size 2.0");
  }

  @Test
  void gaugesOfNodesStandSideBySideAndTheirCountersAddUp() {
    for (int node = 1; node <= 2; node++) {
      int size = 10 * node;
      Telemetry ofNode = telemetry.ofNode(node);
      ofNode.gauge("size", "Size.", () -> size, "kind", "x");
      ofNode.counter("syncs", "Syncs.").increment();
      ofNode.latency("sync", "Time of a sync.").record(1);
      ofNode.probes().hit("a.b");
      ofNode.operation("GetItem").started();
    }
    assertThat(telemetry.scrape().lines())
        .contains(
            "evenkeel_size{kind=\"x\",node=\"1\"} 10.0",
            "evenkeel_size{kind=\"x\",node=\"2\"} 20.0",
            "evenkeel_syncs_total 2.0",
            "evenkeel_sync_seconds_count 2",
            "evenkeel_events_total{event=\"a.b\"} 2.0",
            "evenkeel_requests_in_flight{operation=\"GetItem\"} 2.0");
  }

  @Test
  void labelWithoutValueIsRefused() {
    assertThatThrownBy(() -> telemetry.counter("a", "A.", "kind"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void probesTellWhatNeverOccurred() {
    Probes probes = telemetry.probes();
    probes.hit("b");
    probes.hit("b");
    assertThat(probes.count("b")).isEqualTo(2);
    assertThat(probes.count("a")).isZero();
    assertThat(probes.missing(List.of("c", "b", "a"))).containsExactly("a", "c");
    assertThat(probes.counts()).containsEntry("b", 2L).hasSize(1);
  }

  @Test
  void histogramPutsABoundIntoItsOwnBucket() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(20_000);
    histogram.record(20_001);
    histogram.record(11_000_000_000L);
    long[] counts = histogram.counts();
    assertThat(counts[0]).isEqualTo(1);
    assertThat(counts[1]).isEqualTo(1);
    assertThat(counts[counts.length - 1]).isEqualTo(1);
    assertThat(histogram.count()).isEqualTo(3);
    assertThat(histogram.sumNanos()).isEqualTo(11_000_040_001L);
  }
}
