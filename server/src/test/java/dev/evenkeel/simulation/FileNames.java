package dev.evenkeel.simulation;

import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which name leads to which file: as the process sees it, and as the disk has it.
final class FileNames {
  private final TreeMap<String, SectorFile> current = new TreeMap<>();
  private final TreeMap<String, SectorFile> durable = new TreeMap<>();

  /// Changes that no [#sync] has covered, in order.
  private final List<Change> unsynced = new ArrayList<>();

  /// @param file what `to` leads to afterwards; null: `from` was deleted
  private record Change(@Nullable String from, String to, @Nullable SectorFile file) {
    boolean isIn(String folder) {
      return folder.equals(folderOf(to)) || (from != null && folder.equals(folderOf(from)));
    }

    void apply(NavigableMap<String, SectorFile> names) {
      if (from != null) {
        names.remove(from);
      }
      if (file == null) {
        names.remove(to);
      } else {
        names.put(to, file);
      }
    }
  }

  @Nullable SectorFile find(String name) {
    return current.get(name);
  }

  SectorFile get(String name) throws FileNotFoundException {
    SectorFile file = current.get(name);
    if (file == null) {
      throw new FileNotFoundException(name + ": No such file or directory");
    }
    return file;
  }

  void create(String name, SectorFile file) {
    change(new Change(null, name, file));
  }

  void rename(String from, String to) throws FileNotFoundException {
    change(new Change(from, to, get(from)));
  }

  void delete(String name) throws FileNotFoundException {
    get(name);
    change(new Change(null, name, null));
  }

  private void change(Change change) {
    change.apply(current);
    unsynced.add(change);
  }

  List<String> list(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return current.keySet().stream()
        .filter(name -> folder.equals(folderOf(name)))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  List<String> all() {
    return List.copyOf(current.keySet());
  }

  void sync(String folder) {
    unsynced.stream()
        .filter(change -> change.isIn(folder))
        .forEach(change -> change.apply(durable));
    unsynced.removeIf(change -> change.isIn(folder));
  }

  void crash(CrashLoss loss, RandomGenerator random) {
    int survivors = loss.survivors(unsynced.size(), random);
    unsynced.subList(0, survivors).forEach(change -> change.apply(durable));
    unsynced.clear();
    current.clear();
    current.putAll(durable);
  }

  /// Every file that a name leads to, or would after a crash.
  Set<SectorFile> files() {
    Set<SectorFile> files = new LinkedHashSet<>(current.values());
    files.addAll(durable.values());
    return files;
  }

  long bytes() {
    return current.values().stream().mapToLong(SectorFile::size).sum();
  }

  /// What a crash that loses everything unsynced would leave.
  FileNames durableCopy() {
    FileNames copy = new FileNames();
    durable.forEach((name, file) -> copy.durable.put(name, file.durableCopy()));
    copy.current.putAll(copy.durable);
    return copy;
  }

  private static String folderOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }
}
