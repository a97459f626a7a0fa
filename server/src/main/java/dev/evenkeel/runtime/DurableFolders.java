package dev.evenkeel.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Folders whose names are still there after a power loss.
public final class DurableFolders {
  /// Windows cannot open a folder, and makes its entries durable by itself.
  private static final boolean SYNCS_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  private DurableFolders() {}

  /// Creates the folder and those above it that are missing. Its own name is durable on return also
  /// if it was there already: a process that died just now may have made it. A folder above that
  /// this process may not read is left alone, and what is in it is up to its owner.
  ///
  /// @param folder absolute
  public static void create(Path folder) throws IOException {
    @Nullable Path above = folder.getParent();
    if (above == null) {
      return;
    }
    if (!Files.exists(above)) {
      create(above);
    }
    Files.createDirectories(folder);
    if (Files.isReadable(above)) {
      sync(above);
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
