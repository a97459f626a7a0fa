package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.CrashLoss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the disk forgets what it must, and nothing else: small programs use it in processes of
/// their own.
@Tag("chaos")
class VolatileDiskTest {
  private static final Random CHANCE = new Random(1);

  @TempDir private Path folder;
  private VolatileDisk disk;

  @BeforeEach
  void makeDisk() throws IOException {
    disk = VolatileDisk.in(folder);
  }

  @Test
  void syncedBytesStayAndOthersGo() throws Exception {
    run("write a 0 first", "sync a", "sync-folder .", "write a 0 FI", "write a 5 more");
    assertThat(files()).containsExactly(Map.entry("a", "FIrstmore"));
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "first"));
  }

  @Test
  void syncCoversWhatCameBeforeItOnly() throws Exception {
    run("write a 0 one", "sync a", "write a 3 two", "sync a", "write a 0 x", "sync-folder .");
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "onetwo"));
  }

  @Test
  void nameWithoutASyncOfItsFolderGoes() throws Exception {
    run("write a 0 text", "sync a", "make b", "sync-folder .", "write b/c 0 text", "sync b/c");
    run("write d 0 text", "sync d", "make e");
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "text"), Map.entry("b/", ""));
  }

  @Test
  void folderThatWasNotSyncedGoesWithAllThatIsInIt() throws Exception {
    run("make a", "write a/b 0 text", "sync a/b", "sync-folder a");
    cut();
    assertThat(files()).isEmpty();
  }

  @Test
  void renamesAndDeletionsAreUndone() throws Exception {
    run("write a 0 A", "sync a", "write b 0 B", "sync b", "sync-folder .");
    run("rename a b", "write a 0 new", "sync a", "delete b", "rename a c");
    assertThat(files()).containsExactly(Map.entry("c", "new"));
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "A"), Map.entry("b", "B"));
  }

  @Test
  void renamesAndDeletionsStayAfterASyncOfTheFolder() throws Exception {
    run("write a 0 A", "sync a", "write b 0 B", "sync b", "sync-folder .");
    run("rename a b", "write c 0 C", "sync c", "delete c", "sync-folder .");
    cut();
    assertThat(files()).containsExactly(Map.entry("b", "A"));
  }

  @Test
  void truncationIsUndone() throws Exception {
    run("write a 0 longer", "sync a", "sync-folder .", "cut a 2", "write a 2 XY");
    assertThat(files()).containsExactly(Map.entry("a", "loXY"));
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "longer"));
  }

  @Test
  void failedChangeIsNotUndone() throws Exception {
    run("write a 0 A", "sync a", "sync-folder .", "write b/c 0 fails");
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "A"));
  }

  @Test
  void whatAProcessDidNotSyncIsLostThoughAnotherCameBetween() throws Exception {
    run("write a 0 synced", "sync a", "sync-folder .", "write a 0 S");
    run("write a 1 Y", "write b 0 B", "sync b");
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "synced"));
  }

  @Test
  void nothingNeedBeLost() throws Exception {
    run("write a 0 text", "make b", "write b/c 0 more", "rename a d");
    disk.cut(CrashLoss.NOTHING, CHANCE);
    assertThat(files())
        .containsExactly(Map.entry("b/", ""), Map.entry("b/c", "more"), Map.entry("d", "text"));
  }

  @Test
  void partMayBeLost() throws Exception {
    TreeSet<String> found = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      run("write a 0 " + "a".repeat(2_000), "sync a", "sync-folder .");
      run("write a 0 " + "b".repeat(2_000));
      disk.cut(new CrashLoss(1, 1, 0, 0, true), CHANCE);
      String sectors =
          files().getOrDefault("a", "").replaceAll("(.)\\1{511}", "$1").substring(0, 3);
      assertThat(sectors).matches("[ab]{3}");
      found.add(sectors);
    }
    assertThat(found).hasSizeGreaterThan(2);
  }

  @Test
  void syncThatLiesSavesNothing() throws Exception {
    run("write a 0 A", "sync a", "sync-folder .");
    disk.liesAbout("[a-c]");
    run("write a 0 B", "sync a", "write b 0 B", "sync b", "sync-folder .");
    disk.liesAbout(".");
    run("write a 1 C", "sync a", "write c 0 C", "sync-folder .");
    cut();
    assertThat(files()).containsExactly(Map.entry("a", "BC"), Map.entry("b", ""));
  }

  @Test
  void writingThroughASharedMappingIsRefused() throws Exception {
    Process program = disk.start(DiskProgram.class.getName(), "write a 0 text", "map a");
    assertThat(program.waitFor()).isEqualTo(99);
    assertThat(program.errorReader().readLine()).contains("a shared mapping for writing");
  }

  private void cut() throws IOException {
    disk.cut(CrashLoss.EVERYTHING, CHANCE);
  }

  private void run(String... operations) throws Exception {
    Process program = disk.start(DiskProgram.class.getName(), operations);
    String said = String.join("\n", program.errorReader().readAllLines());
    boolean fails = operations[operations.length - 1].endsWith("fails");
    assertThat(program.waitFor()).as(said).isEqualTo(fails ? 1 : 0);
  }

  /// Texts by relative path; a folder ends in a slash.
  private Map<String, String> files() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(disk.root())) {
      for (Path path : all.skip(1).toList()) {
        String name = disk.root().relativize(path).toString();
        boolean isFolder = Files.isDirectory(path);
        texts.put(
            isFolder ? name + "/" : name,
            isFolder ? "" : Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }
}
