package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("chaos")
class RefusedStartTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void secondProcessOnTheSameDirectoryIsRefused() throws Exception {
    try (ServerProcess first = ServerProcess.start(folder, ServerProcess.freePort());
        Connection connection = first.connect()) {
      assertThat(refusal(folder, ServerProcess.freePort())).contains(folder.toString());
      assertThat(connection.call("ListTables", "{}").isDone()).isTrue();
    }
  }

  @Test
  void usedPortIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusal(folder, taken.getLocalPort())).contains(port);
    }
  }

  @Test
  void directoryThatCannotBeCreatedIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(refusal(file.resolve("data"), ServerProcess.freePort())).contains(file.toString());
  }

  @Test
  void directoryThatCannotBeWrittenToIsRefused() throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(closed), "this user may write everywhere");
    assertThat(refusal(closed, ServerProcess.freePort())).contains(closed.toString());
  }

  @Test
  void fileInPlaceOfADirectoryIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(refusal(file, ServerProcess.freePort())).contains(file.toString());
  }

  @Test
  void directoryOfSomethingElseIsRefusedAndLeftAlone() throws Exception {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader");
    assertThat(refusal(folder, ServerProcess.freePort())).contains(folder.toString());
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(letter));
  }

  @Test
  void directoryIsFreeAgainAfterTheProcessWasKilled() throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess first = ServerProcess.start(folder, port)) {
      first.kill();
    }
    try (ServerProcess second = ServerProcess.start(folder, port)) {
      assertThat(second.errors()).doesNotContain("Exception");
    }
  }

  /// The line with which a start is refused.
  private static String refusal(Path data, int port) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.launch(data, port)) {
      assertThat(server.endsWithin(LIMIT)).as("the start is refused").isTrue();
      assertThat(server.exitCode()).isNotZero();
      String errors = server.errors();
      assertThat(errors.lines()).as(errors).hasSize(1);
      assertThat(errors).doesNotContain("Exception");
      return errors;
    }
  }
}
