package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of a stopped server, damaged. The place of a record is found by the value it carries, so
/// that the tests know nothing of the log's format.
@Tag("chaos")
class DamagedLogTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int WRITES = 200;
  private static final String OWNER = "writer";

  @TempDir private Path data;
  private int port;

  private void writeAndKill(int zones) throws Exception {
    port = ServerProcess.freePort();
    try (ServerProcess server = start(zones);
        Connection connection = server.connect()) {
      Table.create(connection);
      for (int i = 0; i < WRITES; i++) {
        assertThat(Table.put(connection, OWNER, "item-" + i, value(i)).isDone()).isTrue();
      }
      server.kill();
    }
  }

  private ServerProcess start(int zones) throws Exception {
    return launch(zones).started();
  }

  private ServerProcess launch(int zones) throws IOException {
    List<String> more = List.of("--zones", Integer.toString(zones));
    return ServerProcess.launch(Place.HERE, data, port, more, Map.of());
  }

  @Test
  void damagedRecordBeforeTheTailStopsTheStart() throws Exception {
    writeAndKill(1);
    Spot spot = spotOf(value(3));
    spot.flipByte();
    assertThat(refusal(1, spot)).containsAnyOf("restore", "backup");
    spot.flipByte();
    verify(1);
  }

  /// The log of one zone is damaged: its node is rebuilt from the others.
  @Test
  void aZoneWithADamagedRecordIsHealed() throws Exception {
    writeAndKill(3);
    Spot spot = spotOf(value(3));
    spot.flipByte();
    assertThat(refusal(3, spot)).contains("rebuilt from its peers").contains("damaged-1");
    verify(3);
    Path home = data.resolve(data.relativize(spot.file).getName(0));
    assertThat(home.resolve("damaged-1").resolve("log")).isDirectory();
    try (ServerProcess server = start(3);
        Connection connection = server.connect()) {
      Await.until(LIMIT, "all zones are whole", () -> isWhole(connection));
    }
    verify(3);
  }

  /// Whether every node has as many groups as the others, and none is being rebuilt.
  private static boolean isWhole(Connection connection) throws IOException {
    String status = connection.get("/status").body();
    Set<String> groups =
        Pattern.compile("\"groups\":\\d+")
            .matcher(status)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    return groups.size() == 1 && !status.matches(".*\"(repairs|restores)\":\\[\\{.*");
  }

  /// What a start says that is refused.
  private String refusal(int zones, Spot spot) throws Exception {
    try (ServerProcess server = launch(zones)) {
      assertThat(server.endsWithin(LIMIT)).as("the start is refused").isTrue();
      assertThat(server.exitCode()).isNotZero();
      String errors = server.errors();
      assertThat(errors.lines()).as(errors).hasSize(1);
      assertThat(errors)
          .contains(spot.file.getFileName().toString())
          .contains("offset")
          .doesNotContain("Exception");
      return errors;
    }
  }

  @Test
  void tornTailIsAccepted() throws Exception {
    writeAndKill(3);
    Path file = spotOf(value(WRITES - 1)).file;
    byte[] content = Files.readAllBytes(file);
    int end = content.length;
    while (content[end - 1] == 0) {
      end--;
    }
    byte[] torn = new byte[700];
    new Random(1).nextBytes(torn);
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
      // The last record may itself end in zeros.
      log.seek(end + 64L);
      log.write(torn);
    }
    verify(3);
  }

  private void verify(int zones) throws Exception {
    try (ServerProcess server = start(zones);
        Connection connection = server.connect()) {
      for (int i = 0; i < WRITES; i++) {
        assertThat(Table.get(connection, OWNER, "item-" + i)).isEqualTo(value(i));
      }
    }
  }

  private static String value(int number) {
    return "value-" + number + "-" + "y".repeat(1_000);
  }

  private Spot spotOf(String value) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      int offset = content.indexOf(value);
      if (offset >= 0) {
        return new Spot(file, offset);
      }
    }
    throw new AssertionError("no file holds " + value);
  }

  private record Spot(Path file, long offset) {
    void flipByte() throws IOException {
      try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
        log.seek(offset);
        int old = log.read();
        log.seek(offset);
        log.write(old ^ 1);
      }
    }
  }
}
