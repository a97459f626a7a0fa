package dev.evenkeel.node;

import dev.evenkeel.api.Arns;
import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.api.ItemOperations;
import dev.evenkeel.api.Operation;
import dev.evenkeel.api.Operations;
import dev.evenkeel.api.TableOperations;
import dev.evenkeel.api.wire.ItemJson;
import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.autoadmin.NodePartitions;
import dev.evenkeel.autoadmin.TableLifecycle;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.Table;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageOptions;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.LocalPartitions;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.router.SystemPartition;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Everything between the operations and the disk, wired: log and store, replicas, router,
/// catalogue, autoadmin, operations. The same in production and in simulation; only the environment
/// and the store differ.
public final class Database implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Database.class.getName());

  private final StorageNode storage;
  private final TableLifecycle lifecycle;
  private final Dispatcher dispatcher;

  /// @param region as ARNs name it
  /// @param address host and port of the endpoint, asked for with each use
  public record Options(
      String region,
      Supplier<String> address,
      Telemetry telemetry,
      LogOptions log,
      StorageOptions storage) {}

  private Database(StorageNode storage, TableLifecycle lifecycle, Dispatcher dispatcher) {
    this.storage = storage;
    this.lifecycle = lifecycle;
    this.dispatcher = dispatcher;
  }

  /// Recovers what an earlier life left and begins to serve. Blocks.
  ///
  /// @param store open; closed with the database
  /// @throws IOException when the log or the store cannot be read, or hold what no crash explains
  public static Database open(Environment environment, ItemStore store, Options options)
      throws IOException {
    StorageNode storage =
        StorageNode.open(environment, options.telemetry, store, options.log, options.storage);
    storage.openReplica(SystemPartition.ID);
    LocalPartitions partitions = new LocalPartitions(storage);
    RequestRouter router = new RequestRouter(partitions);
    Catalogue catalogue = Catalogue.open(new SystemPartition(router));
    for (Table table : catalogue.tables()) {
      if (table.status() != Table.Status.CREATING) {
        storage.openReplica(table.id());
      }
    }
    storage.endUnopened();
    TableLifecycle lifecycle =
        TableLifecycle.start(
            environment, catalogue, new NodePartitions(storage), Database::stepFailed);
    List<Operation> operations = new ArrayList<>();
    operations.addAll(ItemOperations.of(catalogue, router, environment.tasks()));
    operations.addAll(
        TableOperations.settled(
            environment, catalogue, partitions, new Arns(options.region), options.address));
    return new Database(
        storage,
        lifecycle,
        new Operations(operations, Database::writeMember, Database::unexpected));
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public StorageNode storage() {
    return storage;
  }

  /// Makes everything durable and stops. No request may be in progress.
  @Override
  public void close() throws IOException {
    lifecycle.close();
    storage.close();
  }

  private static void writeMember(JsonOut out, Object value) {
    if (value instanceof BinaryItem item) {
      ItemJson.write(item, out.generator());
    } else {
      throw new IllegalArgumentException("no way to write a " + value.getClass());
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
