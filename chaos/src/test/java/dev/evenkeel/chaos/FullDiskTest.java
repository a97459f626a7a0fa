package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("chaos")
class FullDiskTest {
  /// It carries the three nodes of a region.
  private static final int DISK_MEGABYTES = 1_024;

  /// Each node that starts writes what it finds in its log into new segments.
  private static final int BALLAST_MEGABYTES = 512;

  private static final int WRITES_MAX = 10_000;
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);
  private static final String OWNER = "writer";

  @TempDir private Path folder;
  private SmallDisk disk;
  private int port;
  private int acknowledged;

  @BeforeEach
  void mountDisk() throws IOException {
    disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEGABYTES, BALLAST_MEGABYTES);
    port = ServerProcess.freePort();
  }

  @AfterEach
  void unmountDisk() throws IOException {
    disk.close();
  }

  @Test
  void fullDiskRefusesWritesServesReadsAndRecovers() throws Exception {
    try (ServerProcess server = ServerProcess.start(data(), port);
        Connection connection = server.connect()) {
      Table.create(connection);
      assertThat(writeUntilRefused(connection).body().toLowerCase(Locale.ROOT))
          .as("says why")
          .containsAnyOf("disk", "space", "storage");
      verify(connection);
      disk.dropBallast();
      Await.until(RECOVERY_LIMIT, "a write is taken again", () -> isWritten(connection));
      verify(connection);
      server.kill();
    }
    verifyAfterRestart();
  }

  @Test
  void serverKilledOnAFullDiskLosesNothing() throws Exception {
    try (ServerProcess server = ServerProcess.start(data(), port);
        Connection connection = server.connect()) {
      Table.create(connection);
      writeUntilRefused(connection);
      server.kill();
    }
    disk.dropBallast();
    verifyAfterRestart();
  }

  private Path data() {
    return disk.root().resolve("data");
  }

  /// Of a write that is under way as the leader stands down the outcome is unknown; the next one
  /// hears why.
  private Answer writeUntilRefused(Connection connection) throws IOException {
    for (int i = 0; i < WRITES_MAX; i++) {
      Answer answer = write(connection);
      if (!answer.isDone()) {
        assertThat(answer.status()).as(answer.body()).isBetween(500, 599);
        if (!answer.body().contains("outcome of this write is unknown")) {
          return answer;
        }
      }
    }
    throw new AssertionError("the disk never filled");
  }

  private boolean isWritten(Connection connection) throws IOException {
    return write(connection).isDone();
  }

  private Answer write(Connection connection) throws IOException {
    Answer answer = Table.put(connection, OWNER, "item-" + acknowledged, value(acknowledged));
    if (answer.isDone()) {
      acknowledged++;
    }
    return answer;
  }

  private static String value(int number) {
    return number + "-" + "x".repeat(200_000);
  }

  private void verifyAfterRestart() throws Exception {
    try (ServerProcess server = ServerProcess.start(data(), port);
        Connection connection = server.connect()) {
      verify(connection);
      assertThat(write(connection).isDone()).isTrue();
    }
  }

  private void verify(Connection connection) throws IOException {
    for (int i = 0; i < acknowledged; i++) {
      assertThat(Table.get(connection, OWNER, "item-" + i))
          .as("item %s of %s", i, acknowledged)
          .isEqualTo(value(i));
    }
  }
}
