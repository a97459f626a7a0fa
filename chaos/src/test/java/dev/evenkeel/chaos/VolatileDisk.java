package dev.evenkeel.chaos;

import dev.evenkeel.simulation.CrashLoss;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// A folder that forgets what processes did in it and did not sync, when their power is cut.
///
/// A library that is loaded into them (`volatile-disk.c`) does what they ask of the file system,
/// and writes down beside the folder how to undo it. A cut is: kill them, then [#cut]. What may be
/// lost, by [CrashLoss], is what POSIX leaves open:
///
/// - **Bytes** of a file since the last `fsync` or `fdatasync` of it: sector by sector (512 bytes),
///   in no order; a sector may also be torn, or hold garbage. A sector that was written twice may
///   hold what it held in between. `sync_file_range` saves nothing.
/// - **Size**: of what a file grew by, any front part may be there.
/// - **Names** (files created, linked, renamed, deleted, folders made) since the last `fsync` of
///   the folder that they are in: of each folder's changes, the last ones, by any number. A sync of
///   the file itself does not save its name, though on ext4 and XFS it does.
///
/// What is relied on: changes of names within one folder keep their order, and each happens or does
/// not (the journal of a file system); a sync that returned keeps what was complete when it began;
/// bytes that nobody wrote since keep theirs.
final class VolatileDisk {
  private static final String LIBRARY = "volatile-disk";
  private static final String VARIABLE = "VOLATILE_DISK";
  private static final String UNDO = ".undo";

  /// What a sync takes at the least, as on a disk without a cache: more cuts come during one.
  private static final int SYNC_MICROS = 3_000;

  /// One cut in so many loses everything that was not synced.
  private static final int FORGETS_ALL = 3;

  private final Path root;
  private final Path journal;
  private List<String> lies = List.of();

  /// What a cut of the power undid.
  ///
  /// @param writes changes of files' contents that were not synced, and may be there or not
  /// @param names changes of names that are undone
  record Cut(int writes, int names) {
    static final Cut NOTHING = new Cut(0, 0);

    Cut and(Cut other) {
      return new Cut(writes + other.writes, names + other.names);
    }

    @Override
    public String toString() {
      return writes + " writes to files at risk, " + names + " names undone";
    }
  }

  private VolatileDisk(Path root, Path journal) {
    this.root = root;
    this.journal = journal;
  }

  /// Makes one in that folder; skips the test where the library cannot be built.
  static VolatileDisk in(Path folder) throws IOException {
    Library.require();
    Path real = Files.createDirectories(folder).toRealPath();
    return new VolatileDisk(
        Files.createDirectory(real.resolve("disk")),
        Files.createDirectory(real.resolve("journal")));
  }

  /// From the next process on, syncs of files and folders like these do nothing and say that they
  /// did.
  ///
  /// @param patterns of paths below the root; `*` stands for anything
  void liesAbout(String... patterns) {
    lies = List.of(patterns);
  }

  Path root() {
    return root;
  }

  /// Variables of a process that uses it.
  Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put("LD_PRELOAD", Library.FILE.toString());
    variables.put(VARIABLE, root.toString());
    variables.put(VARIABLE + "_JOURNAL", journal.toString());
    variables.put(VARIABLE + "_SYNC", Integer.toString(SYNC_MICROS));
    variables.put(VARIABLE + "_LIES", String.join(",", lies));
    return variables;
  }

  /// Starts a Java program that uses it, in its root.
  Process start(String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.java());
    command.addAll(List.of("-cp", ServerProcess.classPath(), mainClass));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().putAll(environment());
    return builder.start();
  }

  /// The power was cut: all processes that use it are dead, and the library wrote no more.
  Cut cut(CrashLoss loss, RandomGenerator random) throws IOException {
    List<Path> undoLogs;
    try (Stream<Path> files = Files.list(journal)) {
      undoLogs = files.filter(file -> file.toString().endsWith(UNDO)).sorted().toList();
    }
    int writes = 0;
    for (Path undo : undoLogs) {
      String inode = undo.getFileName().toString().replace(UNDO, "");
      writes += UndoLog.read(undo).undo(kept(inode), loss, random);
    }
    int names = NameLog.read(journal.resolve("names")).undo(root, this::kept, loss, random);
    clear();
    return new Cut(writes, names);
  }

  /// The same, of a kind that is drawn: some forget all that they may.
  Cut cut(Random random) throws IOException {
    return cut(
        random.nextInt(FORGETS_ALL) == 0 ? CrashLoss.EVERYTHING : CrashLoss.ARBITRARY, random);
  }

  private Path kept(String inode) {
    return journal.resolve(inode + ".file");
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(journal)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /// The library, built once.
  private static final class Library {
    static final Path FILE = Path.of("target", LIBRARY + ".so").toAbsolutePath();
    private static final @Nullable String MISSING = build();

    private Library() {}

    static void require() {
      if (MISSING != null) {
        throw new TestAbortedException("a disk that forgets is needed: " + MISSING);
      }
    }

    /// Why there is none; null when there is one.
    private static @Nullable String build() {
      if (!"Linux".equals(System.getProperty("os.name"))) {
        return "it is made for Linux";
      }
      try {
        Path source = Files.createTempFile(LIBRARY, ".c");
        try (InputStream text = VolatileDisk.class.getResourceAsStream(LIBRARY + ".c")) {
          Files.copy(Objects.requireNonNull(text), source, StandardCopyOption.REPLACE_EXISTING);
          return compile(source);
        } finally {
          Files.delete(source);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static @Nullable String compile(Path source) throws IOException {
      Files.createDirectories(FILE.getParent());
      List<String> command =
          List.of(
              "gcc",
              "-shared",
              "-fPIC",
              "-O2",
              "-Wall",
              "-Wextra",
              "-Werror",
              "-fvisibility=hidden",
              "-pthread",
              "-o",
              FILE.toString(),
              source.toString());
      Process gcc;
      try {
        gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
      } catch (IOException e) {
        return "gcc is missing";
      }
      String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (gcc.onExit().join().exitValue() != 0) {
        throw new AssertionError("gcc: " + said);
      }
      return null;
    }
  }
}
