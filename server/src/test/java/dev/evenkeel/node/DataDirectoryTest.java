package dev.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.cli.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void missingDirectoryIsCreatedAndMarked() throws Exception {
    Path path = folder.resolve("a/b");
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertThat(directory.path()).isEqualTo(path.toAbsolutePath());
      assertThat(path.resolve(DataDirectory.MARKER))
          .hasContent("evenkeel data directory, format 1");
    }
  }

  @Test
  void directoryOfOursIsOpenedAgain() throws Exception {
    DataDirectory.open(folder).close();
    Files.writeString(folder.resolve("whatever"), "data");
    DataDirectory.open(folder).close();
  }

  @Test
  void directoryWithKeysOnlyIsUnused() throws Exception {
    Files.createDirectories(folder.resolve(DataDirectory.KEYS));
    DataDirectory.open(folder).close();
  }

  @Test
  void directoryLeftBetweenLockAndMarkerIsUnused() throws Exception {
    Files.writeString(folder.resolve(DataDirectory.LOCK), "4711");
    Files.writeString(folder.resolve(DataDirectory.MARKER + ".new"), "even");
    DataDirectory.open(folder).close();
  }

  @Test
  void foreignDirectoryIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(folder.resolve("diary.txt"), "dear");
    assertRefused(folder, "is not empty and not a data directory of Evenkeel");
    assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("diary.txt"));
  }

  @Test
  void directoryInUseIsRefusedWithItsHolder() throws Exception {
    try (DataDirectory held = DataDirectory.open(folder)) {
      assertRefused(
          held.path(), "is in use by another process (" + ProcessHandle.current().pid() + ")");
    }
    DataDirectory.open(folder).close();
  }

  @Test
  void directoryOfAnotherFormatIsRefused() throws IOException {
    Files.writeString(folder.resolve(DataDirectory.MARKER), "evenkeel data directory, format 2\n");
    assertRefused(folder, "'evenkeel data directory, format 2'; this version of Evenkeel reads");
  }

  @Test
  void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(file, "cannot use data directory " + file + ": " + file + " is not a directory");
    assertRefused(file.resolve("below"), "cannot use data directory");
  }

  private static void assertRefused(Path path, String message) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> DataDirectory.open(path))
        .withMessageContaining(message);
  }
}
