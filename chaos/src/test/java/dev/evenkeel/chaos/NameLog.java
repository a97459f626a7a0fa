package dev.evenkeel.chaos;

import dev.evenkeel.simulation.CrashLoss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The changes of names on a [VolatileDisk] that no sync of their folder covers, as the library
/// wrote them down; `volatile-disk.c` tells how.
///
/// @param changes in their order
record NameLog(List<Change> changes) {
  private static final String NONE = "0";

  /// A created, renamed or deleted name.
  ///
  /// @param position in the log
  /// @param kind the first word of its line
  /// @param inode of the file that lost this name, or `0`
  /// @param path relative to the disk
  /// @param renamed what a rename made of it; else empty
  record Change(int position, String kind, String inode, String path, String renamed) {
    String folder() {
      return folderOf(path);
    }
  }

  static NameLog read(Path file) throws IOException {
    List<Change> changes = new ArrayList<>();
    String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    int position = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', position)) {
      String[] words = text.substring(position, end).split("[ \t]");
      switch (words[0]) {
        case "create", "mkdir", "rmdir" ->
            changes.add(new Change(position, words[0], NONE, words[1], ""));
        case "delete" -> changes.add(new Change(position, words[0], words[1], words[2], ""));
        case "rename" -> changes.add(new Change(position, words[0], words[1], words[2], words[3]));
        case "sync" -> {
          int covered = Integer.parseInt(words[1]);
          String folder = words[2];
          changes.removeIf(change -> change.position < covered && change.folder().equals(folder));
        }
        case "void" -> changes.removeLast();
        default -> throw new AssertionError(file + ": " + List.of(words));
      }
      position = end + 1;
    }
    return new NameLog(changes);
  }

  private static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : path.substring(0, slash);
  }

  /// Undoes of each folder's changes as many as a power loss may, the last ones.
  ///
  /// @param kept where a file is, by its inode
  /// @return how many those are
  int undo(Path root, Function<String, Path> kept, CrashLoss loss, RandomGenerator random)
      throws IOException {
    Map<String, Integer> survivors = new TreeMap<>();
    changes.stream()
        .collect(Collectors.groupingBy(Change::folder, TreeMap::new, Collectors.counting()))
        .forEach((folder, count) ->
            survivors.put(folder, loss.survivors(Math.toIntExact(count), random)));
    List<Change> lost = new ArrayList<>();
    for (Change change : changes) {
      if (survivors.merge(change.folder(), -1, Integer::sum) < 0) {
        lost.add(change);
      }
    }
    for (Change change : lost.reversed()) {
      undo(change, root, kept);
    }
    return lost.size();
  }

  /// The last change of all may not have been made before the process was killed.
  private static void undo(Change change, Path root, Function<String, Path> kept)
      throws IOException {
    Path path = root.resolve(change.path);
    switch (change.kind) {
      case "create" -> Files.deleteIfExists(path);
      case "mkdir" -> deleteFolder(path);
      case "rmdir" -> Files.createDirectories(path);
      case "delete" -> link(path, change.inode, kept);
      case "rename" -> {
        if (Files.exists(path)) {
          return;
        }
        Path renamed = root.resolve(change.renamed);
        Files.move(renamed, path);
        link(renamed, change.inode, kept);
      }
      default -> throw new AssertionError(change.kind);
    }
  }

  private static void link(Path path, String inode, Function<String, Path> kept)
      throws IOException {
    if (!inode.equals(NONE) && !Files.exists(path)) {
      Files.createLink(path, kept.apply(inode));
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
