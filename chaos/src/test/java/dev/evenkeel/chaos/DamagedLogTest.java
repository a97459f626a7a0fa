package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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

  @BeforeEach
  void writeAndKill() throws Exception {
    port = ServerProcess.freePort();
    try (ServerProcess server = ServerProcess.start(data, port);
        Connection connection = server.connect()) {
      Table.create(connection);
      for (int i = 0; i < WRITES; i++) {
        assertThat(Table.put(connection, OWNER, "item-" + i, value(i)).isDone()).isTrue();
      }
      server.kill();
    }
  }

  @Test
  void damagedRecordBeforeTheTailStopsTheStart() throws Exception {
    Place record = placeOf(value(3));
    record.flipByte();
    try (ServerProcess server = ServerProcess.launch(data, port)) {
      assertThat(server.endsWithin(LIMIT)).as("the start is refused").isTrue();
      assertThat(server.exitCode()).isNotZero();
      String errors = server.errors();
      assertThat(errors.lines()).as(errors).hasSize(1);
      assertThat(errors)
          .contains(record.file.getFileName().toString())
          .contains("offset")
          .containsAnyOf("restore", "backup")
          .doesNotContain("Exception");
    }
    record.flipByte();
    try (ServerProcess server = ServerProcess.start(data, port)) {
      verify(server);
    }
  }

  @Test
  void tornTailIsAccepted() throws Exception {
    Path file = placeOf(value(WRITES - 1)).file;
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
    try (ServerProcess server = ServerProcess.start(data, port)) {
      verify(server);
    }
  }

  private static void verify(ServerProcess server) throws IOException {
    try (Connection connection = server.connect()) {
      for (int i = 0; i < WRITES; i++) {
        assertThat(Table.get(connection, OWNER, "item-" + i)).isEqualTo(value(i));
      }
    }
  }

  private static String value(int number) {
    return "value-" + number + "-" + "y".repeat(1_000);
  }

  private Place placeOf(String value) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      int offset = content.indexOf(value);
      if (offset >= 0) {
        return new Place(file, offset);
      }
    }
    throw new AssertionError("no file holds " + value);
  }

  private record Place(Path file, long offset) {
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
