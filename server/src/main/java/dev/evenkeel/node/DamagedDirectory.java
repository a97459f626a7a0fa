package dev.evenkeel.node;

import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.runtime.DurableFolders;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.RocksItemStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What happens to a node whose log or store is damaged. It must not vote with a hole (R5): it
/// stops, and at its next start what it has is set aside, and it comes back under a new identity,
/// to be healed by its peers.
///
/// ```
/// <directory>/ damaged      why; from when it is found until all is set aside
///              damaged-1/   what was set aside, as it was: log/ store/ node
/// ```
///
/// A node without peers that could heal it is left as it is.
final class DamagedDirectory {
  private static final System.Logger LOGGER = System.getLogger(DamagedDirectory.class.getName());
  private static final String MARK = "damaged";
  private static final String MARK_NEW = "damaged.new";
  private static final String ASIDE = "damaged-";

  /// The identity goes last: while it is there, what is not is missed.
  private static final List<String> CONTENTS =
      List.of(LogOptions.DEFAULT.folder(), StoreFolder.NAME, NodeFile.NAME);

  /// Fewer nodes cannot do without one.
  private static final int NODES_MIN = 3;

  private final Path directory;
  private final boolean hasPeers;
  private final Consumer<String> stop;
  private final ReentrantLock marking = new ReentrantLock();

  /// @param directory of one node
  /// @param nodes of the region
  /// @param stop told why the node must not go on
  DamagedDirectory(Path directory, int nodes, Consumer<String> stop) {
    this.directory = directory;
    this.hasPeers = nodes >= NODES_MIN;
    this.stop = stop;
  }

  /// Opens the store that is here. Should it be found damaged later, the node stops.
  ItemStore open(RocksSettings settings) throws IOException {
    return hasPeers ? RocksItemStore.open(settings, this::stop) : RocksItemStore.open(settings);
  }

  /// Looks after a node that is open: should its log be found damaged, it stops.
  StorageNode watch(StorageNode node) throws IOException {
    if (wasSetAside()) {
      node.foundsNothing();
    }
    if (hasPeers) {
      node.onDamage(this::stop);
    }
    return node;
  }

  /// The node must not go on, and says why in any case.
  void stop(IOException damage) {
    String why;
    try {
      why = String.valueOf(found(damage).getMessage());
    } catch (IOException e) {
      why = damage.getMessage() + "; and this cannot be written down: " + e.getMessage();
    }
    stop.accept(why);
  }

  /// Writes down that what is here is damaged.
  ///
  /// @return for the operator
  IOException found(IOException damage) throws IOException {
    if (!hasPeers) {
      return damage;
    }
    marking.lock();
    try {
      mark(String.valueOf(damage.getMessage()));
    } finally {
      marking.unlock();
    }
    return new IOException(
        damage.getMessage()
            + "; at the next start the node is rebuilt from its peers, and what it has now is kept in "
            + aside(),
        damage);
  }

  private void mark(String why) throws IOException {
    if (!isMarked()) {
      Path mark = directory.resolve(MARK_NEW);
      Files.writeString(
          mark,
          why + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.move(mark, directory.resolve(MARK), StandardCopyOption.ATOMIC_MOVE);
      DurableFolders.sync(directory);
    }
  }

  boolean isMarked() {
    return Files.exists(directory.resolve(MARK));
  }

  /// Sets aside what is marked; goes on wherever an earlier try ended.
  void setAside() throws IOException {
    if (!isMarked()) {
      return;
    }
    Path aside = aside();
    for (String name : CONTENTS) {
      Path from = directory.resolve(name);
      if (Files.exists(from)) {
        DurableFolders.create(aside);
        Files.move(from, aside.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        DurableFolders.sync(aside);
        DurableFolders.sync(directory);
      }
    }
    Files.delete(directory.resolve(MARK));
    DurableFolders.sync(directory);
    LOGGER.log(
        System.Logger.Level.WARNING,
        "what was damaged is kept in " + aside + "; the node is rebuilt from its peers");
  }

  /// Whether anything was ever set aside here: such a node had a part in a region, and founds none.
  private boolean wasSetAside() throws IOException {
    return number() > 0;
  }

  /// Where it goes: also the rest, after a try that did not come to its end.
  private Path aside() throws IOException {
    int number = number();
    Path newest = directory.resolve(ASIDE + number);
    boolean isUnfinished = number > 0 && !Files.exists(newest.resolve(NodeFile.NAME));
    return isUnfinished ? newest : directory.resolve(ASIDE + (number + 1));
  }

  /// How often something was set aside.
  private int number() throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.filter(each -> each.getFileName().toString().startsWith(ASIDE)).count();
    }
  }
}
