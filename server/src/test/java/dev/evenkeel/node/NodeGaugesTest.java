package dev.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.cli.Settings;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.telemetry.Telemetry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the metrics of a process say of the three nodes in it.
class NodeGaugesTest {
  private final Telemetry telemetry = new Telemetry();
  private final Parts parts = new Parts();
  private List<StorageNode> nodes = List.of();

  @BeforeEach
  void open() throws Exception {
    Settings settings = new Settings("127.0.0.1", 0, Path.of("unused"), true, "local", 3);
    Region.Ends ends = new Region.Ends(_ -> {}, _ -> {});
    nodes = new LocalRegion(settings, Path.of("unused"), telemetry, ends, parts).open().nodes();
    RegionStatus.meter(telemetry, nodes);
  }

  @AfterEach
  void close() throws Exception {
    for (StorageNode node : nodes) {
      node.close();
    }
    parts.close();
  }

  private static void openGroup(StorageNode node, long group) {
    Configuration alone =
        Configuration.first(List.of(new Member(node.self(), Member.Kind.STORAGE)));
    assertThat(node.open(new NodeMessage.Open(group, 0, false, alone))).isEmpty();
  }

  private List<String> shown(String family) {
    return telemetry.scrape().lines().filter(line -> line.startsWith(family)).toList();
  }

  @Test
  void eachNodeOfAProcessHasItsOwnGauges() {
    openGroup(nodes.get(0), 11);
    openGroup(nodes.get(0), 12);
    openGroup(nodes.get(1), 13);
    assertThat(shown("evenkeel_replica_groups"))
        .containsExactlyInAnyOrder(
            "evenkeel_replica_groups{node=\"1\"} 2.0",
            "evenkeel_replica_groups{node=\"2\"} 1.0",
            "evenkeel_replica_groups{node=\"3\"} 0.0");
  }

  @Test
  void gaugesOfTheLogAndOfMessagesAreTheNodesToo() {
    for (String family :
        List.of("wal_segments_live", "wal_pending_bytes", "rpc_peers", "rpc_calls_in_flight")) {
      assertThat(shown("evenkeel_" + family + "{"))
          .as(family)
          .extracting(line -> line.substring(0, line.indexOf('}')))
          .containsExactlyInAnyOrder(
              "evenkeel_" + family + "{node=\"1\"",
              "evenkeel_" + family + "{node=\"2\"",
              "evenkeel_" + family + "{node=\"3\"");
    }
  }

  @Test
  void whatNodesCountAddsUp() {
    assertThat(shown("evenkeel_wal_")).noneMatch(line -> line.matches(".*_total\\{.*node=.*"));
    assertThat(shown("evenkeel_rpc_calls_total")).isNotEmpty();
  }
}
