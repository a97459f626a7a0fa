package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.Log;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The replicas of one node, and the log and the store that they share.
///
/// Lock-free look-ups from any thread; replicas are opened and closed by one thread at a time.
public final class StorageNode implements AutoCloseable {
  private final Environment environment;
  private final ItemStore store;
  private final Log log;
  private final Map<Long, StorageReplica> replicas = new ConcurrentHashMap<>();
  private final Checkpoints checkpoints;

  /// Groups that are no more, whose entries the log keeps until the store has them for good.
  private final Set<Long> ended = ConcurrentHashMap.newKeySet();

  /// Groups of which the log held records when it was opened.
  private Set<Long> recovered;

  private StorageNode(
      Environment environment,
      ItemStore store,
      Log log,
      Set<Long> recovered,
      StorageOptions options) {
    this.environment = environment;
    this.store = store;
    this.log = log;
    this.recovered = recovered;
    this.checkpoints = new Checkpoints(environment, store, log, replicas.values(), ended, options);
  }

  /// Opens the log, brings the store up to it, and begins to take checkpoints.
  ///
  /// @throws IOException when the disk cannot be read or holds what cannot be explained
  public static StorageNode open(
      Environment environment,
      Telemetry telemetry,
      ItemStore store,
      LogOptions logOptions,
      StorageOptions options)
      throws IOException {
    Recovery recovery = new Recovery(store);
    Log log = Log.open(environment, telemetry, logOptions, recovery);
    recovery.finish();
    StorageNode node = new StorageNode(environment, store, log, recovery.groups(), options);
    node.checkpoints.start();
    return node;
  }

  /// The replica of that group on this node, or null.
  public @Nullable StorageReplica replica(long group) {
    return replicas.get(group);
  }

  /// Opens the replica of a group: with what the store has of it, or new.
  ///
  /// @throws IOException when its state cannot be read
  public StorageReplica openReplica(long group) throws IOException {
    StorageReplica open = replicas.get(group);
    if (open != null) {
      return open;
    }
    StorageReplica replica =
        new StorageReplica(group, environment, store, log::group, stateOf(store, group));
    replicas.put(group, replica);
    return replica;
  }

  /// Says of all groups that the log holds and no replica was opened for that they are no more.
  /// Call once, when every group that lives has its replica.
  public void endUnopened() {
    recovered.stream().filter(group -> !replicas.containsKey(group)).forEach(ended::add);
    recovered = Set.of();
  }

  /// Closes the replica of a group that is no more. Its entries stay in the log until the next
  /// checkpoint: should the store fall back behind them in a crash, they are applied again.
  public void dropReplica(long group) {
    replicas.remove(group);
    ended.add(group);
  }

  public ItemStore store() {
    return store;
  }

  public Log log() {
    return log;
  }

  /// Finishes what is in the log's queue and makes the store durable, so that the next start is
  /// quick.
  @Override
  public void close() throws IOException {
    checkpoints.close();
    log.close();
    store.flush();
    store.close();
  }

  static ReplicaState stateOf(ItemStore store, long group) throws IOException {
    byte[] state = store.get(StoredKeys.replicaState(group));
    return state == null ? ReplicaState.NEW : ReplicaState.decode(state);
  }
}
