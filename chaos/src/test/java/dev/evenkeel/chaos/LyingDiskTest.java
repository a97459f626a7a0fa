package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.simulation.CrashLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk whose syncs do nothing, all of them or some: writes that were acknowledged are lost then,
/// and that is seen. Without this [PowerCutTest] would prove nothing.
@Tag("chaos")
class LyingDiskTest {
  private static final int CLIENTS = 32;
  private static final Duration CHECKPOINT_LIMIT = Duration.ofSeconds(60);

  /// Of each client, after the store was flushed: they are in the log alone.
  private static final int WRITES_AFTER = 5;

  private static final String SEGMENT = "segment-";
  private static final int DIGITS = 16;
  private static final Random CHANCE = new Random(1);

  @TempDir private Path folder;
  private final Load load = Load.heavy(CLIENTS, 1);
  private VolatileDisk disk;
  private int port;

  @BeforeEach
  void makeDisk() throws IOException {
    disk = VolatileDisk.in(folder);
    port = ServerProcess.freePort();
  }

  @Test
  void lostWritesAreSeen() throws Exception {
    loadUntilTheStoreIsFlushed("*");
    assertThatThrownBy(this::startAndVerify)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(" reads as ");
  }

  /// By the check, or by the log or the store already, which end the start.
  @ParameterizedTest
  @ValueSource(strings = {"data/log/*", "data/log", "data/store/*", "data/store"})
  void lostFilesAreSeen(String lies) throws Exception {
    loadUntilTheStoreIsFlushed(lies);
    assertThatThrownBy(this::startAndVerify)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s).*( reads as |the server ended instead of starting).*");
  }

  private void startAndVerify() throws Exception {
    try (ServerProcess server = ServerProcess.start(disk, port, 1)) {
      load.verify(server);
    }
  }

  private void loadUntilTheStoreIsFlushed(String lies) throws Exception {
    try (ServerProcess server = ServerProcess.start(disk, port, 1);
        Connection connection = server.connect()) {
      Table.create(connection);
      load.start(port);
      load.awaitWrites(1);
      cut(server);
    }
    long begin = logBegin();
    disk.liesAbout(lies);
    try (ServerProcess server = ServerProcess.start(disk, port, 1)) {
      load.verify(server);
      load.start(port);
      Await.until(CHECKPOINT_LIMIT, "the log begins later", () -> logBegin() > begin + 1);
      load.awaitWrites(load.acknowledged() / CLIENTS + WRITES_AFTER);
      cut(server);
    }
  }

  private void cut(ServerProcess server) throws Exception {
    server.kill();
    load.join();
    disk.cut(CrashLoss.EVERYTHING, CHANCE);
  }

  /// Number of the oldest segment.
  private long logBegin() throws IOException {
    try (Stream<Path> files = Files.list(disk.root().resolve("data/log"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(SEGMENT))
          .mapToLong(name ->
              HexFormat.fromHexDigitsToLong(name, SEGMENT.length(), SEGMENT.length() + DIGITS))
          .min()
          .orElseThrow();
    }
  }
}
