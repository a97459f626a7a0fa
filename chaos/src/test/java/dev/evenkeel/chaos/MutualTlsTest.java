package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.rpc.Certificates;
import dev.evenkeel.runtime.NetworkOptions.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three processes that talk over TLS.
@Tag("chaos")
class MutualTlsTest {
  /// A node that connects in vain tries again every two seconds at least.
  private static final Duration SEVERAL_ATTEMPTS = Duration.ofSeconds(6);

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final int LAST = RegionProcesses.NODES - 1;

  @TempDir private Path folder;

  @Test
  void nodeOfAnotherAuthorityIsRefusedAndAllElseIsAsWithoutTls() throws Exception {
    RegionSetup setup = RegionSetup.plain().with(nodes(folder.resolve("authority")));
    List<String> foreign = nodes(folder.resolve("other-authority")).get(LAST);
    RegionRun.of(
        MutualTlsTest.class,
        new RegionProcesses(folder, setup),
        RegionLoad::new,
        faults -> {
          faults.killLeader();
          faults.awaitWhole();
          RegionProcesses region = faults.region();
          region.kill(LAST);
          try (ServerProcess stranger = region.launch(LAST, foreign)) {
            Await.until(
                START_LIMIT,
                "the stranger waits for the region",
                () -> stranger.errors().contains("waiting for the region"));
            Await.pass(SEVERAL_ATTEMPTS);
            for (int node = 0; node < LAST; node++) {
              assertThat(region.peers(node)).as("peers of node %s", node + 1).hasSize(LAST - 1);
            }
          }
          faults.awaitWrites();
          region.restart(LAST);
          faults.awaitWhole();
        });
  }

  /// Arguments for each node, with certificates of one authority.
  private static List<List<String>> nodes(Path folder) throws Exception {
    Certificates authority = Certificates.in(folder);
    List<List<String>> nodes = new ArrayList<>();
    for (int node = 1; node <= RegionProcesses.NODES; node++) {
      TlsFiles files = authority.issue("node-" + node);
      nodes.add(
          List.of(
              "--node-cert=" + files.certificate(),
              "--node-key=" + files.key(),
              "--node-ca=" + files.authority()));
    }
    return nodes;
  }
}
