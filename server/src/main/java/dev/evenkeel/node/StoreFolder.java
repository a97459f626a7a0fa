package dev.evenkeel.node;

import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.runtime.DurableFolders;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.RocksItemStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.wal.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of a node's ordered store: one that was begun is never begun again.
final class StoreFolder {
  static final String NAME = "store";

  private StoreFolder() {}

  /// @throws IOException when the store was begun and is gone, or cannot be opened
  static ItemStore open(NodeFile node, DamagedDirectory home, RocksSettings settings)
      throws IOException {
    Path folder = settings.folder();
    if (node.expected() == Expected.NOTHING) {
      ItemStore store = home.open(settings);
      DurableFolders.sync(folder);
      return store;
    }
    if (!Files.exists(folder.resolve(RocksItemStore.ROOT))) {
      throw new IOException(
          "the ordered store is missing: "
              + folder
              + " holds none, though this node had one; put back what was taken away, or, where"
              + " this is one of several nodes of a region, move its whole data directory away, so"
              + " that it begins under a new identity and the others heal it; restore a backup only"
              + " where the region has no other node (nothing was begun)");
    }
    return home.open(settings);
  }
}
