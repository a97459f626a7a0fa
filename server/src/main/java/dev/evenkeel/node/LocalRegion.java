package dev.evenkeel.node;

import dev.evenkeel.cli.Refusal;
import dev.evenkeel.cli.Settings;
import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.rpc.LocalExchange;
import dev.evenkeel.rpc.LocalMessenger;
import dev.evenkeel.rpc.RpcLimits;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.CorruptStoreException;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.storage.RocksSettings;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.CorruptLogException;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The storage nodes of a region that lives in one process: one in each zone, each with its own
/// directory, log and store.
///
/// ```
/// one zone      <data directory>/ node  log/  store/
/// three zones   <data directory>/ zone-a/ node  log/  store/    zone-b/ …    zone-c/ …
/// ```
final class LocalRegion implements Region {
  private static final int ZONES_MAX = 3;

  /// What the log of a node in memory may hold; the items are on top of that.
  private static final long LOG_IN_MEMORY_BYTES = 256L << 20;

  private final Settings settings;
  private final Path directory;
  private final Telemetry telemetry;
  private final Ends ends;
  private final Parts parts;
  private final LocalExchange<NodeMessage> exchange = new LocalExchange<>();

  /// By number; filled while the region opens.
  private final Map<Integer, DamagedDirectory> directories = new HashMap<>();

  /// @param parts takes the environments, which outlive the nodes
  LocalRegion(Settings settings, Path directory, Telemetry telemetry, Ends ends, Parts parts) {
    this.settings = settings;
    this.directory = directory;
    this.telemetry = telemetry;
    this.ends = ends;
    this.parts = parts;
  }

  /// Which node is in which zone: node 1 in zone a, and so on.
  @Override
  public Zones zones() {
    SortedMap<Integer, String> zones = new TreeMap<>();
    for (int number = 1; number <= settings.zones(); number++) {
      zones.put(number, Character.toString('a' + number - 1));
    }
    return new Zones(zones);
  }

  /// Opens every node, also behind one that is damaged: all that are damaged are found at once.
  @Override
  public Opened open() throws IOException, Refusal {
    refuseOtherShape();
    setDamagedAside();
    List<StorageNode> nodes = new ArrayList<>();
    List<RealEnvironment> environments = new ArrayList<>();
    @Nullable IOException damage = null;
    try {
      for (int number = 1; number <= settings.zones(); number++) {
        RealEnvironment environment = parts.add(environment(home(number)));
        environments.add(environment);
        try {
          nodes.add(open(number, environment));
        } catch (CorruptLogException | CorruptStoreException e) {
          IOException found = directory(number).found(e);
          damage = damage == null ? found : both(damage, found);
        } catch (IOException e) {
          throw saying(home(number), e);
        }
      }
      if (damage != null) {
        throw damage;
      }
      return new Opened(environments.getFirst(), nodes);
    } catch (IOException e) {
      closeAfter(e, nodes);
      throw e;
    }
  }

  /// The directory of a node is what its messages speak of.
  private IOException saying(Path home, IOException e) {
    return settings.zones() == 1 ? e : new IOException(home + ": " + e.getMessage(), e);
  }

  private static IOException both(IOException first, IOException second) {
    return new IOException(first.getMessage() + "; " + second.getMessage(), first);
  }

  /// One for each node, since it is asked from several threads.
  private DamagedDirectory directory(int number) {
    return directories.computeIfAbsent(
        number, _ -> new DamagedDirectory(home(number), settings.zones(), ends.stop()));
  }

  /// A node is given up only where the others have all that was acknowledged.
  private void setDamagedAside() throws IOException, Refusal {
    if (settings.inMemory()) {
      return;
    }
    List<DamagedDirectory> damaged = new ArrayList<>();
    for (int number = 1; number <= settings.zones(); number++) {
      if (directory(number).isMarked()) {
        damaged.add(directory(number));
      }
    }
    if (2 * damaged.size() >= settings.zones() && !damaged.isEmpty()) {
      throw Refusal.because(
          "log or store of "
              + damaged.size()
              + " of "
              + settings.zones()
              + " zones in "
              + directory
              + " are damaged, too many to be rebuilt from the others; restore the data directory"
              + " from a backup, or what is damaged in all zones but one and remove the files "
              + "'damaged' there");
    }
    for (DamagedDirectory each : damaged) {
      each.setAside();
    }
  }

  private static void closeAfter(IOException cause, List<StorageNode> nodes) {
    for (StorageNode node : nodes) {
      try {
        node.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private void refuseOtherShape() throws Refusal {
    if (settings.inMemory()) {
      return;
    }
    boolean isOne = Files.exists(directory.resolve(NodeFile.NAME));
    boolean isThree =
        IntStream.rangeClosed(1, ZONES_MAX).anyMatch(number -> Files.exists(zone(number)));
    if (settings.zones() == 1 && isThree) {
      throw Refusal.because(directory + " holds a region of three zones; start it with --zones 3");
    }
    if (settings.zones() > 1 && isOne) {
      throw Refusal.because(directory + " holds a region of one zone; start it with --zones 1");
    }
  }

  private Path home(int number) {
    return settings.zones() == 1 ? directory : zone(number);
  }

  private Path zone(int number) {
    return directory.resolve("zone-" + Character.toString('a' + number - 1));
  }

  private RealEnvironment environment(Path home) throws IOException {
    return settings.inMemory()
        ? RealEnvironment.inMemory(LOG_IN_MEMORY_BYTES, ends.fatal())
        : RealEnvironment.open(home, ends.fatal());
  }

  private StorageNode open(int number, RealEnvironment environment) throws IOException {
    NodeFile file = NodeFile.open(environment, settings.region(), number, true);
    ItemStore store = store(file, number);
    Telemetry ofNode = telemetry.ofNode(number);
    StorageNode node =
        StorageNode.open(
            new StorageNode.Setup(
                environment,
                ofNode,
                store,
                new LocalMessenger<>(
                    exchange, environment, ofNode, RpcLimits.DEFAULT, file.identity()),
                file,
                zones(),
                settings.inMemory() ? LogOptions.DEFAULT.inMemory() : LogOptions.DEFAULT,
                StorageOptions.DEFAULT));
    return settings.inMemory() ? node : directory(number).watch(node);
  }

  private ItemStore store(NodeFile file, int number) throws IOException {
    if (settings.inMemory()) {
      return MemoryItemStore.create();
    }
    RocksSettings rocks = RocksSettings.of(home(number).resolve(StoreFolder.NAME));
    return StoreFolder.open(
        file,
        directory(number),
        rocks.withBlockCacheBytes(rocks.blockCacheBytes() / settings.zones()));
  }
}
