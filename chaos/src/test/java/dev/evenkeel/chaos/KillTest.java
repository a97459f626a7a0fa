package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("chaos")
class KillTest {
  private static final int CLIENTS = 32;
  private static final int LOAD_MILLIS_MAX = 1_500;
  private static final int START_MILLIS_MAX = 2_500;

  @TempDir private Path data;

  @Test
  void acknowledgedWritesSurviveFiveKills() throws Exception {
    kill(5);
  }

  @Test
  @Tag("slow")
  void acknowledgedWritesSurviveFiftyKills() throws Exception {
    kill(50);
  }

  private void kill(int cycles) throws Exception {
    long seed = Seed.choose();
    Random random = new Random(seed);
    Load load = new Load(CLIENTS, seed);
    int port = ServerProcess.freePort();
    try (ServerProcess server = ServerProcess.start(data, port);
        Connection connection = server.connect()) {
      Table.create(connection);
    }
    int cycle = 0;
    try {
      for (; cycle < cycles; cycle++) {
        if (random.nextInt(4) == 0) {
          killWhileStarting(port, randomTime(random, START_MILLIS_MAX));
        }
        killUnderLoad(load, port, randomTime(random, LOAD_MILLIS_MAX));
      }
      try (ServerProcess server = ServerProcess.start(data, port)) {
        load.verify(server);
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "cycle " + cycle + "; " + Seed.repeat(KillTest.class, seed) + "; " + e.getMessage(), e);
    }
    assertThat(load.refused()).as("refused for no reason").isZero();
    assertThat(load.acknowledged()).isGreaterThan(cycles * CLIENTS);
  }

  private static Duration randomTime(Random random, int millisMax) {
    return Duration.ofMillis(random.nextInt(millisMax));
  }

  /// Recovery must bear being cut off and done again.
  private void killWhileStarting(int port, Duration time) throws IOException {
    try (ServerProcess server = ServerProcess.launch(data, port)) {
      Await.pass(time);
      server.kill();
    }
  }

  /// Verifies what the kill before left, then loads the server and kills it.
  private void killUnderLoad(Load load, int port, Duration time) throws Exception {
    try (ServerProcess server = ServerProcess.start(data, port)) {
      load.verify(server);
      load.start(port);
      Await.pass(time);
      server.kill();
      load.join();
    }
  }
}
