package dev.evenkeel.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Folders whose names are still there after a power loss.
public final class DurableFolders {
  /// Windows cannot open a folder, and makes its entries durable by itself.
  private static final boolean SYNCS_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  private DurableFolders() {}

  /// How a folder is synced.
  @FunctionalInterface
  interface Sync {
    void sync(Path folder) throws IOException;
  }

  /// Creates the folder and those above it that are missing. All their names are durable on return,
  /// also of those that were there already: a process that died just now may have made them. A
  /// folder above that this process may not read is left alone, and what is in it is up to its
  /// owner.
  ///
  /// @param folder absolute
  public static void create(Path folder) throws IOException {
    create(folder, DurableFolders::sync);
  }

  /// From the top: a folder gets its first entry when its own name is durable. So one that is there
  /// and empty may be what a process left that died before the sync, and is synced again; one that
  /// has an entry is durable, or was not made here.
  static void create(Path folder, Sync sync) throws IOException {
    @Nullable Path above = folder.getParent();
    if (above == null) {
      return;
    }
    if (!Files.exists(above) || isEmpty(above)) {
      create(above, sync);
    }
    Files.createDirectories(folder);
    if (Files.isReadable(above)) {
      sync.sync(above);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /// Makes creations, renames and deletions in that folder durable.
  public static void sync(Path folder) throws IOException {
    if (SYNCS_FOLDERS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
