package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of a running node's directory, which have forgotten what it promised since: a process
/// that is started on one must not take part.
@Tag("chaos")
class CopiedDirectoryTest {
  /// A refused node is patient for eight seconds; the rest is for its start.
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  /// So that the copy is of an older life, whatever its own start adds.
  private static final int LIVES = 2;

  @TempDir private Path folder;

  @Test
  void aCopyStopsWithTheReasonBesideItsOriginalAndInItsPlace() throws Exception {
    RegionRun.of(
        CopiedDirectoryTest.class,
        new RegionProcesses(folder),
        RegionLoad::new,
        faults -> {
          faults.awaitWhole();
          RegionProcesses region = faults.region();
          int node = region.leader();
          Path original = region.directory(node);
          Path beside = folder.resolve("beside");
          Path older = folder.resolve("older");
          region.node(node).pause(true);
          try {
            copy(original, beside);
            copy(original, older);
          } finally {
            region.node(node).pause(false);
          }
          faults.awaitWrites();

          try (ServerProcess clone = region.launchBeside(node, beside)) {
            stops(clone, "two processes run as node " + (node + 1));
          }
          faults.awaitWrites();
          assertThat(region.peers(node)).as("the original goes on").hasSize(2);

          for (int life = 0; life < LIVES; life++) {
            region.kill(node);
            region.restart(node);
            faults.awaitWhole();
          }
          faults.awaitWrites();
          region.kill(node);
          Path away = folder.resolve("away");
          Files.move(original, away);
          Files.move(older, original);
          try (ServerProcess old = region.launch(node)) {
            stops(old, "it runs on an old copy of its data directory");
          }
          faults.awaitWrites();

          region.wipe(node);
          Files.move(away, original);
          region.restart(node);
          faults.awaitWhole();
          faults.awaitWrites();
        });
  }

  private static void stops(ServerProcess process, String reason) throws Exception {
    boolean ended = process.endsWithin(STOP_LIMIT);
    String said = process.errors();
    assertThat(ended).as("it stops; it says: %s", said).isTrue();
    assertThat(process.exitCode()).isNotZero();
    assertThat(said).contains(reason).doesNotContain("Exception");
    assertThat(said.lines().toList().getLast()).as("the last line").contains(reason);
  }

  /// While the process stands still, so that no file changes under the copy's hands.
  private static void copy(Path directory, Path copy) throws Exception {
    List<String> command = List.of("cp", "-r", directory.toString(), copy.toString());
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }
}
