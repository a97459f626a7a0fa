package dev.evenkeel.runtime;

import dev.evenkeel.environment.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Files that live in this process's memory, for nodes that keep nothing. Bytes never written, or
/// written as zeros, take no memory.
final class MemoryDisk implements Disk {
  private final ConcurrentSkipListMap<String, MemoryFile> files = new ConcurrentSkipListMap<>();
  private final AtomicLong freeBytes;

  /// @param capacityBytes how much all files together may hold
  MemoryDisk(long capacityBytes) {
    this.freeBytes = new AtomicLong(capacityBytes);
  }

  /// Folders exist as soon as a file is in them.
  @Override
  public void createFolder(String folder) {}

  @Override
  public List<String> list(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return files.tailMap(prefix).keySet().stream()
        .takeWhile(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(name -> name.indexOf('/') < 0)
        .toList();
  }

  @Override
  public boolean exists(String name) {
    return files.containsKey(name);
  }

  @Override
  public File open(String name) {
    return files.computeIfAbsent(name, key -> new MemoryFile(freeBytes));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    @Nullable MemoryFile replaced = files.put(to, remove(from));
    if (replaced != null) {
      replaced.release();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    remove(name).release();
  }

  @Override
  public void syncFolder(String folder) {}

  @Override
  public long freeBytes() {
    return freeBytes.get();
  }

  private MemoryFile remove(String name) throws IOException {
    @Nullable MemoryFile file = files.remove(name);
    if (file == null) {
      throw new FileNotFoundException(name);
    }
    return file;
  }
}
