package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a power cut would leave of folders that were just made.
class DurableFoldersTest {
  @TempDir Path top;

  /// Folders whose names a power cut would not take.
  private final Set<Path> durable = new HashSet<>();

  private Path deepest = Path.of("");
  private List<Path> made = List.of();

  @BeforeEach
  void choose() throws IOException {
    Files.createFile(top.resolve("a-file-of-its-owner"));
    deepest = top.resolve("a/b/c");
    made = List.of(top.resolve("a"), top.resolve("a/b"), deepest);
  }

  private void sync(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(Files::isDirectory).forEach(durable::add);
    }
  }

  /// A start that dies when it is about to sync for the time `syncs` + 1.
  private void die(int syncs) {
    int[] left = {syncs};
    assertThatThrownBy(() ->
            DurableFolders.create(
                deepest,
                folder -> {
                  if (left[0]-- == 0) {
                    throw new IOException("killed");
                  }
                  sync(folder);
                }))
        .hasMessage("killed");
  }

  private void clear() throws IOException {
    durable.clear();
    for (Path each : made.reversed()) {
      Files.deleteIfExists(each);
    }
  }

  @Test
  void allThatAreMadeAreDurable() throws IOException {
    DurableFolders.create(deepest, this::sync);
    assertThat(deepest).isDirectory();
    assertThat(durable).containsAll(made);
  }

  @Test
  void aStartAfterOneThatDiedMakesThemDurable() throws IOException {
    for (int first = 0; first < made.size(); first++) {
      for (int second = 0; second < made.size() - first; second++) {
        die(first);
        die(second);
        DurableFolders.create(deepest, this::sync);
        assertThat(durable).as("killed after " + first + " and " + second).containsAll(made);
        clear();
      }
    }
  }

  @Test
  void aFolderHasNoEntryBeforeItsOwnNameIsDurable() throws IOException {
    for (int syncs = 0; syncs < made.size(); syncs++) {
      die(syncs);
      assertThat(made.stream().filter(Files::exists).filter(each -> !durable.contains(each)))
          .containsExactly(made.get(syncs));
      clear();
    }
  }

  @Test
  void onlyTheFolderAboveIsSyncedWhereOthersHaveTheirEntries() throws IOException {
    DurableFolders.create(deepest, this::sync);
    durable.clear();
    DurableFolders.create(deepest, this::sync);
    assertThat(durable).containsExactly(deepest);
  }

  @Test
  void theRealThingIsMade() throws IOException {
    DurableFolders.create(deepest);
    assertThat(deepest).isDirectory();
  }
}
