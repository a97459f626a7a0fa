package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("chaos")
class TerminationTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// A request that is younger may still lie unread in a socket when the server stops reading.
  private static final Duration ON_ITS_WAY = Duration.ofMillis(20);

  /// By then every connection is accepted and the server warm.
  private static final int WRITES_BEFORE = 50;

  @TempDir private Path data;

  @Test
  void toldToStopTheServerFinishesWhatIsInFlight() throws Exception {
    long seed = Seed.choose();
    Load load = new Load(64, seed);
    int port = ServerProcess.freePort();
    try (ServerProcess server = ServerProcess.start(data, port)) {
      try (Connection connection = server.connect()) {
        Table.create(connection);
      }
      load.start(port);
      load.awaitWrites(WRITES_BEFORE);
      long toldAt = System.nanoTime();
      server.terminate();
      assertThat(server.endsWithin(LIMIT)).as("ended within %s", LIMIT).isTrue();
      assertThat(server.exitCode()).isZero();
      load.join();
      assertThat(load.breaks())
          .as(Seed.repeat(TerminationTest.class, seed))
          .noneMatch(request -> request.cause() instanceof Connection.CutAnswerException)
          .noneMatch(request -> request.sentAt() < toldAt - ON_ITS_WAY.toNanos());
    }
    try (ServerProcess server = ServerProcess.start(data, port)) {
      load.verify(server);
    }
  }

  @Test
  void idleServerStopsAtOnceAndQuietly() throws Exception {
    try (ServerProcess server = ServerProcess.start(data, ServerProcess.freePort());
        Connection idle = server.connect()) {
      assertThat(idle.call("ListTables", "{}").isDone()).isTrue();
      server.terminate();
      assertThat(server.endsWithin(LIMIT)).as("ended within %s", LIMIT).isTrue();
      assertThat(server.exitCode()).isZero();
      assertThat(server.errors()).doesNotContain("Exception").doesNotContain("\tat ");
    }
  }
}
