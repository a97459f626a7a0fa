package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.CrashLoss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server in one process whose power is cut again and again, under load and while it starts: what
/// it did not sync is gone. Sometimes it is only killed, and the next process finds in memory what
/// the one before did not sync. The long form (`-Dchaos.long=true`) does it more often.
@Tag("chaos")
class PowerCutTest {
  private static final int CUTS = Boolean.getBoolean("chaos.long") ? 100 : 12;
  private static final int CLIENTS = 32;
  private static final int LOAD_MILLIS_MAX = 4_000;
  private static final int START_MILLIS_MAX = 2_500;

  /// One start in so many is cut off, one load in so many ends with a kill.
  private static final int SOMETIMES = 4;

  @TempDir private Path folder;
  private final long seed = Seed.choose();
  private final Random random = new Random(seed);
  private final Load load = Load.heavy(CLIENTS, seed);
  private final List<String> tables = new ArrayList<>();
  private VolatileDisk disk;
  private int port;
  private int cuts;
  private int kills;
  private VolatileDisk.Cut undone = VolatileDisk.Cut.NOTHING;

  @BeforeEach
  void makeDisk() throws IOException {
    disk = VolatileDisk.in(folder);
    port = ServerProcess.freePort();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void acknowledgedWritesSurvivePowerCuts(int zones) throws Exception {
    try {
      while (cuts < CUTS) {
        if (random.nextInt(SOMETIMES) == 0) {
          cutWhileStarting(zones);
        }
        cutUnderLoad(zones);
      }
      try (ServerProcess server = ServerProcess.start(disk, port, zones)) {
        verify(server);
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "cut " + cuts + "; " + Seed.repeat(PowerCutTest.class, seed) + "; " + e.getMessage(), e);
    }
    say(zones);
    assertThat(load.refused()).as("refused for no reason").isZero();
    assertThat(load.acknowledged()).isGreaterThan(CUTS * CLIENTS);
    assertThat(undone.writes()).as("writes that were not synced").isGreaterThan(CUTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void newDirectoryWithAllThatIsInItSurvivesAPowerCut(int zones) throws Exception {
    try (ServerProcess server = ServerProcess.start(disk, port, zones)) {
      makeTable(server);
      server.kill();
      disk.cut(CrashLoss.EVERYTHING, random);
    }
    try (ServerProcess server = ServerProcess.start(disk, port, zones)) {
      verify(server);
    }
  }

  @Test
  void addedAccessKeySurvivesAPowerCut() throws Exception {
    Process program = disk.start(ServerProcess.MAIN, "keys", "add", "--data-dir", "data");
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).as(said).isZero();
    disk.cut(CrashLoss.EVERYTHING, random);
    assertThat(disk.root().resolve("data/keys"))
        .isDirectoryContaining("glob:**/access-keys.json")
        .isDirectoryContaining("glob:**/master.key");
  }

  private void say(int zones) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "chaos: %d zones in one process, %d cuts of the power and %d kills: %d writes and %d"
                + " tables acknowledged, none lost; %s",
            zones,
            cuts,
            kills,
            load.acknowledged(),
            tables.size(),
            undone));
  }

  /// Recovery must bear being cut off and done again.
  private void cutWhileStarting(int zones) throws IOException {
    try (ServerProcess server = ServerProcess.launch(disk, port, zones)) {
      Await.pass(Duration.ofMillis(random.nextInt(START_MILLIS_MAX)));
      server.kill();
      cut();
    }
  }

  /// Verifies what the cut before left, then loads the server and cuts its power.
  private void cutUnderLoad(int zones) throws Exception {
    try (ServerProcess server = ServerProcess.start(disk, port, zones)) {
      verify(server);
      makeTable(server);
      load.start(port);
      Await.pass(Duration.ofMillis(random.nextInt(LOAD_MILLIS_MAX)));
      server.kill();
      load.join();
      if (random.nextInt(SOMETIMES) == 0) {
        kills++;
      } else {
        cut();
      }
    }
  }

  private void cut() throws IOException {
    undone = undone.and(disk.cut(random));
    cuts++;
  }

  private void makeTable(ServerProcess server) throws Exception {
    String name = tables.isEmpty() ? Table.NAME : "made-" + tables.size();
    try (Connection connection = server.connect()) {
      Table.create(connection, name, "");
    }
    tables.add(name);
  }

  private void verify(ServerProcess server) throws Exception {
    try (Connection connection = server.connect()) {
      for (String table : tables) {
        Table.awaitActive(connection, table);
      }
    }
    if (!tables.isEmpty()) {
      load.verify(server);
    }
  }
}
