package dev.evenkeel.runtime;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// A folder of this machine's file system.
final class FileDisk implements Disk {
  private final Path root;
  private final FileStore store;

  private FileDisk(Path root, FileStore store) {
    this.root = root;
    this.store = store;
  }

  /// The folder is created where it is missing, durably.
  static FileDisk open(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    DurableFolders.create(absolute);
    return new FileDisk(absolute, Files.getFileStore(absolute));
  }

  /// Durable on return: there is no other way to sync the folders in between.
  @Override
  public void createFolder(String folder) throws IOException {
    Path path = resolve(folder);
    try {
      Files.createDirectories(path);
      Path parent = root;
      for (Path name : root.relativize(path)) {
        DurableFolders.sync(parent);
        parent = parent.resolve(name);
      }
    } catch (IOException e) {
      throw failure("create folder", folder, e);
    }
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path path = resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(Files::isRegularFile)
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failure("list", folder, e);
    }
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(resolve(name));
  }

  @Override
  public File open(String name) throws IOException {
    try {
      return new ChannelFile(
          name,
          FileChannel.open(
              resolve(name),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE));
    } catch (IOException e) {
      throw failure("open", name, e);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    try {
      Files.move(
          resolve(from),
          resolve(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure("rename to " + to, from, e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    try {
      Files.delete(resolve(name));
    } catch (IOException e) {
      throw failure("delete", name, e);
    }
  }

  @Override
  public void syncFolder(String folder) throws IOException {
    try {
      DurableFolders.sync(resolve(folder));
    } catch (IOException e) {
      throw failure("sync folder", folder, e);
    }
  }

  @Override
  public long freeBytes() throws IOException {
    try {
      return store.getUsableSpace();
    } catch (IOException e) {
      throw failure("ask for the free space of", root.toString(), e);
    }
  }

  private Path resolve(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException(name + " leads out of the data directory");
    }
    return path;
  }

  /// The exception with a text that stands alone: what was done, to which file, why it failed.
  static IOException failure(String action, String name, IOException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new IOException("cannot " + action + " " + name + ": " + reason, cause);
  }
}
