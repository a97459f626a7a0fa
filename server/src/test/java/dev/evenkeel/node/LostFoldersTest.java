package dev.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.cli.Launcher;
import dev.evenkeel.cli.Refusal;
import dev.evenkeel.cli.Settings;
import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.storage.RocksItemStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real directories of which a part was taken away.
class LostFoldersTest {
  private static final String MARK = "begun=true\n";

  @TempDir private Path folder;
  private final NodeLauncher launcher = new NodeLauncher();

  private void start(int zones) throws Exception {
    Settings settings = new Settings("127.0.0.1", 0, folder, false, "local", zones);
    Launcher.Running node = launcher.start(settings, _ -> {});
    node.close();
  }

  private void assertRefused(int zones, String... texts) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> start(zones))
        .satisfies(
            refusal -> assertThat(refusal.getMessage()).contains(texts).doesNotContain("\n"));
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private String nodeFile() throws IOException {
    return Files.readString(folder.resolve(NodeFile.NAME));
  }

  @Test
  void aStartWithoutTheStoreIsRefusedUntilItIsPutBack() throws Exception {
    start(1);
    assertThat(nodeFile()).endsWith(MARK);
    Path store = folder.resolve(StoreFolder.NAME);
    Path away = folder.resolve("away");
    Files.move(store, away);
    assertRefused(1, "the ordered store is missing: " + store, "put back", "new identity");
    assertThat(store).as("none is begun").doesNotExist();
    Files.move(away, store);
    start(1);
    Files.delete(store.resolve(RocksItemStore.ROOT));
    assertRefused(1, "the ordered store is missing");
  }

  @Test
  void aStartWithoutTheLogIsRefusedUntilItIsPutBack() throws Exception {
    start(1);
    Path log = folder.resolve("log");
    Path away = folder.resolve("away");
    Files.move(log, away);
    assertRefused(1, "the write-ahead log is missing", "put back", "new identity");
    assertRefused(1, "the write-ahead log is missing");
    delete(log);
    Files.move(away, log);
    start(1);
  }

  @Test
  void aStartWithoutTheFileThatSaysWhoItIsIsRefused() throws Exception {
    start(1);
    Files.delete(folder.resolve(NodeFile.NAME));
    assertRefused(1, "the file node is missing");
    delete(folder.resolve("log"));
    assertRefused(1, "the file node is missing");
    delete(folder.resolve(StoreFolder.NAME));
    start(1);
  }

  @Test
  void aDirectoryOfAnEarlierVersionIsTakenWhenItIsWhole() throws Exception {
    start(1);
    List<Path> ranges;
    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      ranges = files.filter(file -> file.getFileName().toString().startsWith("range-")).toList();
    }
    for (Path range : ranges) {
      Files.delete(range);
    }
    String unmarked = nodeFile().replace(MARK, "");
    Files.writeString(folder.resolve(NodeFile.NAME), unmarked);
    Path store = folder.resolve(StoreFolder.NAME);
    Path away = folder.resolve("away");
    Files.move(store, away);
    assertRefused(1, "the ordered store is missing");
    Files.move(away, store);
    start(1);
    assertThat(nodeFile()).endsWith(MARK);
    delete(folder.resolve("log"));
    assertRefused(1, "the write-ahead log is missing");
    Files.writeString(folder.resolve(NodeFile.NAME), unmarked);
    assertRefused(1, "the write-ahead log is missing");
  }

  @Test
  void aZoneThatLostItsLogIsNamedAndBeginsAnewWhenItIsMovedAway() throws Exception {
    start(3);
    Path zone = folder.resolve("zone-b");
    delete(zone.resolve("log"));
    assertRefused(3, zone + ": the write-ahead log is missing");
    delete(zone);
    assertRefused(1, "holds a region of three zones");
    start(3);
    assertThat(Files.readString(zone.resolve(NodeFile.NAME))).contains("life=1\n").endsWith(MARK);
  }
}
