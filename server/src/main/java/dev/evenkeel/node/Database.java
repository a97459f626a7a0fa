package dev.evenkeel.node;

import dev.evenkeel.api.Arns;
import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.api.ErrorMembers;
import dev.evenkeel.api.ItemOperations;
import dev.evenkeel.api.Operation;
import dev.evenkeel.api.Operations;
import dev.evenkeel.api.SecondLook;
import dev.evenkeel.api.StreamOperations;
import dev.evenkeel.api.TableOperations;
import dev.evenkeel.autoadmin.LedgerOpening;
import dev.evenkeel.autoadmin.Leftovers;
import dev.evenkeel.autoadmin.RegionPartitions;
import dev.evenkeel.autoadmin.TableLifecycle;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.expiry.ExpiryFiller;
import dev.evenkeel.expiry.ExpiryOptions;
import dev.evenkeel.expiry.ExpirySweeper;
import dev.evenkeel.expiry.TableSweep;
import dev.evenkeel.index.IndexOptions;
import dev.evenkeel.index.Propagator;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.TableStreams;
import dev.evenkeel.replica.Bootstrap;
import dev.evenkeel.replica.NodeFile;
import dev.evenkeel.replica.Retention;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.replica.Zones;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.CatalogueWatch;
import dev.evenkeel.router.RegionReplicas;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.router.SystemPartition;
import dev.evenkeel.rpc.LocalExchange;
import dev.evenkeel.rpc.LocalMessenger;
import dev.evenkeel.rpc.RpcLimits;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.stream.StreamReader;
import dev.evenkeel.stream.StreamRetention;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.transaction.TransactionService;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Everything between the operations and the disk, wired: log and store, replicas, router,
/// catalogue, autoadmin, operations. The same in production and in simulation; only the environment
/// and the store differ.
public final class Database implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Database.class.getName());

  private static final Duration LOOK = Duration.ofMillis(100);

  private final List<AutoCloseable> parts;
  private final List<StorageNode> nodes;
  private final Dispatcher dispatcher;
  private final TableSweep sweep;
  private final Propagator propagator;

  /// @param region as ARNs name it
  /// @param address host and port of the endpoint, asked for with each use
  public record Options(
      String region,
      Supplier<String> address,
      Telemetry telemetry,
      LogOptions log,
      StorageOptions storage) {}

  private Database(
      List<AutoCloseable> parts,
      List<StorageNode> nodes,
      Dispatcher dispatcher,
      TableSweep sweep,
      Propagator propagator) {
    this.parts = parts;
    this.nodes = nodes;
    this.dispatcher = dispatcher;
    this.sweep = sweep;
    this.propagator = propagator;
  }

  /// A region of one zone, on one disk: recovers what an earlier life left and begins to serve.
  /// Blocks.
  ///
  /// @param store open; closed with the database
  /// @throws IOException when the log or the store cannot be read, or hold what no crash explains
  public static Database open(Environment environment, ItemStore store, Options options)
      throws IOException {
    NodeFile file = NodeFile.open(environment, options.region, 1, true);
    StorageNode node =
        StorageNode.open(
            new StorageNode.Setup(
                environment,
                options.telemetry,
                store,
                new LocalMessenger<>(
                    new LocalExchange<>(),
                    environment,
                    options.telemetry,
                    RpcLimits.DEFAULT,
                    file.identity()),
                file,
                new Zones(Map.of(1, "a")),
                options.log,
                options.storage));
    return over(environment, List.of(node), new Zones(Map.of(1, "a")), options);
  }

  /// A region, or what one process has of it, over storage nodes that are open. Blocks until the
  /// system partition answers.
  ///
  /// @param nodes the storage nodes in this process, the nearest first; closed with the database
  public static Database over(
      Environment environment, List<StorageNode> nodes, Zones zones, Options options)
      throws IOException {
    boolean open = false;
    try {
      Database database = wired(environment, nodes, zones, options);
      open = true;
      return database;
    } finally {
      if (!open) {
        closeAll(nodes);
      }
    }
  }

  private static Database wired(
      Environment environment, List<StorageNode> nodes, Zones zones, Options options)
      throws IOException {
    RegionReplicas replicas = new RegionReplicas(nodes);
    RequestRouter router = new RequestRouter(environment, replicas);
    SystemPartition system = new SystemPartition(router);
    Catalogue catalogue = catalogue(environment, nodes, zones, system);
    RegionPartitions partitions =
        new RegionPartitions(nodes, router, system, zones, environment.tasks());
    TableLifecycle lifecycle =
        TableLifecycle.start(environment, catalogue, partitions, Database::stepFailed);
    LedgerOpening ledger = new LedgerOpening(nodes, partitions, environment.tasks());
    ledger.start();
    TransactionService transactions =
        TransactionService.of(
            environment,
            options.telemetry,
            nodes,
            router,
            group -> catalogue.tables().stream().anyMatch(table -> table.id() == group));
    transactions.start();
    Leftovers leftovers = new Leftovers(nodes, system, environment.tasks());
    leftovers.start();
    CatalogueWatch watch = new CatalogueWatch(environment.tasks(), nodes.getFirst(), catalogue);
    boolean isShared = nodes.size() < zones.zones().size();
    if (isShared) {
      watch.start();
    }
    Retention retention = new Retention(nodes, environment);
    Propagator propagator =
        new Propagator(
            environment,
            nodes,
            router,
            catalogue,
            IndexOptions.DEFAULT.within(options.log.batchBytesMax()),
            options.telemetry);
    propagator.start();
    retention.add(propagator);
    retention.add(new StreamRetention(environment.clock(), TableStreams.RETENTION));
    retention.start();
    ExpirySweeper sweeper =
        new ExpirySweeper(environment, options.telemetry, nodes, catalogue, ExpiryOptions.DEFAULT);
    sweeper.start();
    ExpiryFiller filler = new ExpiryFiller(environment, nodes, catalogue, ExpiryOptions.DEFAULT);
    filler.start();
    List<Operation> operations = new ArrayList<>();
    operations.addAll(
        ItemOperations.of(catalogue, router, transactions.coordinator(), environment.tasks()));
    operations.addAll(
        TableOperations.settled(
            environment, catalogue, replicas, new Arns(options.region), options.address));
    operations.addAll(
        StreamOperations.of(
            new StreamReader(catalogue, router, environment.clock()),
            new Arns(options.region),
            environment.tasks()));
    if (isShared) {
      operations.replaceAll(each -> new SecondLook(each, environment.tasks(), catalogue));
    }
    return new Database(
        List.of(
            transactions,
            ledger,
            lifecycle,
            leftovers,
            watch,
            propagator,
            retention,
            sweeper,
            filler),
        nodes,
        new Operations(operations, ErrorMembers::write, Database::unexpected),
        new TableSweep(catalogue, router, environment.clock()),
        propagator);
  }

  /// Waits for the system partition to be there and to have a leader.
  private static Catalogue catalogue(
      Environment environment, List<StorageNode> nodes, Zones zones, SystemPartition system)
      throws IOException {
    try {
      new Bootstrap(nodes.getFirst(), zones, SystemPartition.ID).run(environment.tasks()::pause);
      while (true) {
        try {
          return Catalogue.open(system);
        } catch (ApiException e) {
          requireLog(nodes);
          LOGGER.log(System.Logger.Level.INFO, "waiting for a quorum: " + e.getMessage());
          environment.tasks().pause(LOOK);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the node was stopped before the region was there", e);
    }
  }

  /// Without a log that takes entries no node of this process will ever vote.
  private static void requireLog(List<StorageNode> nodes) throws IOException {
    IOException failure = null;
    for (StorageNode node : nodes) {
      failure = node.log().failure();
      if (failure == null) {
        return;
      }
    }
    throw new IOException("the log failed", failure);
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /// Deletes at once what has expired of a table; blocks. See [TableSweep#run].
  public long sweep(String table) {
    return sweep.run(table);
  }

  /// The first storage node of this process.
  public StorageNode storage() {
    return nodes.getFirst();
  }

  public List<StorageNode> nodes() {
    return nodes;
  }

  /// Global indexes that follow tables' partitions led here.
  public List<Propagator.Following> indexes() {
    return propagator.following();
  }

  /// Before a planned stop: hands over to other processes what is led here, and goes on to answer
  /// requests. A region within one process has nobody to hand over to. Blocks.
  public void handOver() throws InterruptedException {
    if (nodes.size() == 1) {
      nodes.getFirst().handOver();
    }
  }

  /// Makes everything durable and stops. No request may be in progress.
  @Override
  public void close() throws IOException {
    try {
      for (AutoCloseable part : parts) {
        part.close();
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a part cannot be closed", e);
    }
    closeAll(nodes);
  }

  private static void closeAll(List<StorageNode> nodes) throws IOException {
    nodes.forEach(StorageNode::leave);
    for (StorageNode node : nodes) {
      node.close();
    }
  }

  private static void stepFailed(String table, String status, Exception cause) {
    LOGGER.log(
        System.Logger.Level.WARNING,
        "table " + table + " stays " + status + " for now: " + cause.getMessage());
  }

  private static void unexpected(String operation, Throwable cause) {
    LOGGER.log(System.Logger.Level.ERROR, "unexpected failure in " + operation, cause);
  }
}
