package dev.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.cli.Refusal;
import dev.evenkeel.cli.Settings;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.CorruptStoreException;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Zones of a region in one process, whose stores are damaged while it is down.
class DamagedZoneTest {
  @TempDir private Path folder;

  /// Opens the region and closes it.
  ///
  /// @return the identities of its nodes
  private List<Long> run() throws Exception {
    Settings settings = new Settings("127.0.0.1", 0, folder, false, "local", 3);
    try (Parts parts = new Parts()) {
      Region.Ends ends = new Region.Ends(_ -> {}, _ -> {});
      List<StorageNode> nodes =
          new LocalRegion(settings, folder, new Telemetry(), ends, parts).open().nodes();
      List<Long> identities = new ArrayList<>();
      for (StorageNode node : nodes) {
        identities.add(node.self());
        node.close();
      }
      return identities;
    }
  }

  private void damage(String zone) throws IOException {
    damage(zone, "MANIFEST.*");
  }

  private void damage(String zone, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(zone).resolve("store"))) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().matches(pattern))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 3] ^= 1;
      Files.write(file, bytes);
    }
  }

  @Test
  void oneIsSetAsideAndComesBackUnderANewIdentity() throws Exception {
    List<Long> before = run();
    damage("zone-b");
    assertThatThrownBy(this::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("zone-b")
        .hasMessageContaining("at the next start the node is rebuilt from its peers")
        .hasMessageContaining("damaged-1");
    List<Long> after = run();
    assertThat(after.get(0)).isEqualTo(before.get(0));
    assertThat(after.get(1)).isNotEqualTo(before.get(1));
    assertThat(after.get(2)).isEqualTo(before.get(2));
    assertThat(folder.resolve("zone-b").resolve("damaged-1").resolve("store")).isDirectory();
    assertThat(run()).as("and that is all").isEqualTo(after);
  }

  @Test
  void oneThatIsFoundDamagedWhileItRunsStopsTheProcess() throws Exception {
    List<String> why = new ArrayList<>();
    Settings settings = new Settings("127.0.0.1", 0, folder, false, "local", 3);
    try (Parts parts = new Parts()) {
      Region.Ends ends = new Region.Ends(_ -> {}, why::add);
      List<StorageNode> nodes =
          new LocalRegion(settings, folder, new Telemetry(), ends, parts).open().nodes();
      ItemStore store = nodes.get(2).store();
      byte[] key = {1, 2, 3};
      try (Batch batch = store.batch()) {
        batch.put(key, new byte[1_000]);
        store.write(batch);
      }
      store.flush();
      damage("zone-c", ".*sst");
      assertThatThrownBy(() -> store.get(key)).isInstanceOf(CorruptStoreException.class);
      for (StorageNode node : nodes) {
        node.close();
      }
    }
    assertThat(why).hasSize(1);
    assertThat(why.getFirst()).contains("zone-c").contains("at the next start");
    run();
    assertThat(folder.resolve("zone-c").resolve("damaged-1").resolve("node")).exists();
  }

  /// The one that is left need not have all that was acknowledged.
  @Test
  void twoAreLeftAsTheyAre() throws Exception {
    run();
    damage("zone-a");
    damage("zone-c");
    assertThatThrownBy(this::run).hasMessageContaining("zone-a").hasMessageContaining("zone-c");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::run)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("2 of 3 zones");
    }
    assertThat(folder.resolve("zone-a").resolve("damaged-1")).doesNotExist();
    assertThat(folder.resolve("zone-a").resolve("store")).isDirectory();
  }
}
