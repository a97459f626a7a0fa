package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Support;
import dev.evenkeel.rpc.Messenger;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.Log;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The replicas of one node, and what they share: log, store, messages, support.
///
/// Look-ups come from any thread. A replica costs no thread, timer or file: one tick looks after
/// those that are busy.
public final class StorageNode implements AutoCloseable {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final NodeParts parts;
  private final Map<Long, StorageReplica> replicas = new ConcurrentSkipListMap<>();
  private final Routes routes = new Routes();
  private final Checkpoints checkpoints;
  private final Ticker ticker;
  private final Healing healing;
  private final ReentrantLock opening = new ReentrantLock();

  /// Groups that are no more here, whose records the log keeps until the store has that for good.
  private final Set<Long> ended = ConcurrentHashMap.newKeySet();

  /// Groups whose writes the store refuses at present.
  private final Set<Long> stalled = ConcurrentHashMap.newKeySet();

  private final List<Consumer<StorageReplica>> followers = new CopyOnWriteArrayList<>();

  private volatile Consumer<IOException> damage = _ -> {};
  private volatile boolean founds = true;

  /// No group begins here any more.
  private volatile boolean closed;

  private boolean left;

  /// What a node is made of.
  ///
  /// @param messenger not started yet
  /// @param file who the node is
  /// @param zones in which zone the nodes of the region are
  public record Setup(
      Environment environment,
      Telemetry telemetry,
      ItemStore store,
      Messenger<NodeMessage> messenger,
      NodeFile file,
      Zones zones,
      LogOptions log,
      StorageOptions storage) {}

  private StorageNode(Setup setup, Log log) {
    Support support =
        new Support(
            setup.storage.protocol(),
            setup.file.life(),
            setup.file.waits(),
            setup.environment.clock().monotonicNanos());
    this.parts =
        new NodeParts(
            setup.environment,
            setup.store,
            log,
            setup.messenger,
            support,
            new WallClocks(setup.environment.clock()),
            setup.storage.protocol(),
            setup.telemetry.probes(),
            new NodeParts.Watch() {
              @Override
              public void busy(StorageReplica replica) {
                StorageNode.this.ticker.watch(replica);
              }

              @Override
              public void heard() {
                StorageNode.this.ticker.heard();
              }

              @Override
              public void changed(StorageReplica replica) {
                StorageNode.this.healing.changed(replica);
              }

              @Override
              public void leads(StorageReplica replica) {
                announce(replica);
                recorded(replica);
              }

              @Override
              public void recorded(StorageReplica replica) {
                followers.forEach(follower -> follower.accept(replica));
              }

              @Override
              public void stalled(StorageReplica replica, boolean isStalled) {
                if (isStalled) {
                  stalled.add(replica.group());
                } else {
                  stalled.remove(replica.group());
                }
              }

              @Override
              public void damaged(IOException damage) {
                StorageNode.this.damage.accept(damage);
              }

              @Override
              public boolean isStalled() {
                return !stalled.isEmpty();
              }
            });
    setup.telemetry.gauge(
        "clock.ahead.seconds",
        "By how much the wall clock is ahead of the middle one of those of all nodes.",
        () -> parts.clocks().ahead().toMillis() / MILLIS_PER_SECOND);
    this.checkpoints = new Checkpoints(parts, replicas.values(), ended, setup.storage);
    this.healing = new Healing(parts, replicas, setup.zones, setup.storage, checkpoints::want);
    this.ticker = new Ticker(parts, replicas, healing);
  }

  /// Opens the log, brings the store up to it, opens the replicas that were here before, and takes
  /// up their part in their groups.
  ///
  /// @throws IOException when log or store cannot be read or are damaged; the store is closed then
  public static StorageNode open(Setup setup) throws IOException {
    boolean opened = false;
    try {
      StorageNode node = opened(setup);
      opened = true;
      return node;
    } finally {
      if (!opened) {
        setup.store.close();
      }
    }
  }

  private static StorageNode opened(Setup setup) throws IOException {
    Recovery recovery = Recovery.of(setup.store);
    Log log =
        Log.open(setup.environment, setup.telemetry, setup.log, setup.file.expected(), recovery);
    setup.file.begun(setup.environment);
    StorageNode node = new StorageNode(setup, log);
    for (Recovery.Found found : recovery.found(setup.messenger.self())) {
      node.replicas.put(
          found.group(),
          new StorageReplica(found.group(), node.parts, found.state(), found.recovered()));
    }
    node.start();
    return node;
  }

  private void start() throws IOException {
    NodeReceiver receiver = new NodeReceiver(this, parts, routes);
    parts.messenger().receive(receiver);
    parts.messenger().onPeer(receiver);
    parts.messenger().start();
    replicas.values().forEach(StorageReplica::start);
    ticker.start();
    checkpoints.start();
  }

  /// Identity of this node.
  public long self() {
    return parts.self();
  }

  /// The replica of that group on this node, or null.
  public @Nullable StorageReplica replica(long group) {
    return replicas.get(group);
  }

  public Collection<StorageReplica> replicas() {
    return Collections.unmodifiableCollection(replicas.values());
  }

  /// Calls `listener` when the log is found damaged; any thread, perhaps more than once.
  public void onDamage(Consumer<IOException> listener) {
    damage = listener;
  }

  /// This node had a part in a region once: it waits for that, and founds no other.
  public void foundsNothing() {
    founds = false;
  }

  boolean founds() {
    return founds;
  }

  /// Calls `follower` when a replica of this node has applied change records, and when it begins to
  /// lead; it must not block.
  public void onRecords(Consumer<StorageReplica> follower) {
    followers.add(follower);
  }

  public Routes routes() {
    return routes;
  }

  public Messenger<NodeMessage> messenger() {
    return parts.messenger();
  }

  /// Whether that node was heard so lately that it may be expected to answer.
  public boolean hears(long node) {
    return parts.support().isGiven(node, parts.environment().clock().monotonicNanos());
  }

  public Healing healing() {
    return healing;
  }

  /// Opens a replica of a group, once.
  ///
  /// @return empty, or why it cannot be opened now
  public String open(NodeMessage.Open request) {
    opening.lock();
    try {
      if (closed) {
        return "the node is about to stop";
      }
      if (ended.contains(request.group())) {
        // The log still knows the former one. A node that writes little would keep it for ever.
        checkpoints.want();
        return "a former replica of the group is being removed";
      }
      if (!replicas.containsKey(request.group())) {
        create(request);
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } finally {
      opening.unlock();
    }
  }

  private void create(NodeMessage.Open request) throws IOException {
    Configuration configuration = request.configuration();
    if (!request.joins() && !configuration.contains(self())) {
      throw new IOException("this node is another incarnation than the member that is meant");
    }
    ReplicaState former = stateOf(request.group());
    ReplicaState state =
        request.joins()
            ? ReplicaState.based(
                request.slot(), configuration, former == null ? Ballot.NONE : former.promised())
            : ReplicaState.first(configuration);
    if (former != null && !request.joins()) {
      throw new IOException("the group is no more");
    }
    // What may fail comes first: a log that knows the group is not asked for it again.
    try (Batch batch = parts.store().batch()) {
      batch.put(StoredKeys.replicaState(request.group()), state.encode());
      parts.store().write(batch);
    }
    StorageReplica replica = new StorageReplica(request.group(), parts, state, null);
    replica.begin();
    replicas.put(request.group(), replica);
    replica.start();
  }

  private @Nullable ReplicaState stateOf(long group) throws IOException {
    byte[] state = parts.store().get(StoredKeys.replicaState(group));
    return state == null ? null : ReplicaState.decode(state);
  }

  /// Ends the replica of a group here and deletes what it holds. Its records stay in the log until
  /// the next checkpoint: should the store fall back in a crash, they are still there. What it
  /// promised stays in the store, for one that is opened later: no ballot is used twice. Blocks
  /// until the replica has ended.
  ///
  /// @return empty, or why it could not be done
  public String drop(long group) {
    StorageReplica replica = replicas.get(group);
    if (replica == null) {
      return "";
    }
    // It holds no ballot any more when others are told that it is not here.
    Ballot promised = replica.end().join();
    opening.lock();
    try {
      if (replicas.remove(group, replica)) {
        ended.add(group);
        routes.forget(group);
        ReplicaState left = replica.state().withPromise(promised).removed();
        try (Batch batch = parts.store().batch()) {
          StoredKeys.Range all = StoredKeys.everything(group);
          batch.deleteRange(all.from(), all.to());
          batch.put(StoredKeys.replicaState(group), left.encode());
          parts.store().write(batch);
        }
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } finally {
      opening.unlock();
    }
  }

  private void announce(StorageReplica replica) {
    NodeMessage.Leads news = replica.announcement();
    routes.learn(news);
    parts.messenger().connected().forEach(peer -> parts.messenger().send(peer, news));
  }

  public ItemStore store() {
    return parts.store();
  }

  public Log log() {
    return parts.log();
  }

  /// Hands the leadership of all groups over to other nodes, as far as that goes, before a planned
  /// stop; requests are served or passed on as before. Blocks, for [HandOver#AT_MOST].
  public void handOver() throws InterruptedException {
    closed = true;
    healing.close();
    new HandOver(this, parts).run();
  }

  /// Says to the others that this node leads nothing any more; from here on nothing is answered.
  /// Blocks until that is so: a lease ends before those who stand in for it are told.
  public void leave() {
    if (left) {
      return;
    }
    left = true;
    closed = true;
    healing.close();
    ticker.close();
    replicas.values().stream().map(StorageReplica::end).toList().forEach(CompletableFuture::join);
    parts
        .messenger()
        .connected()
        .forEach(peer -> parts.messenger().send(peer, new NodeMessage.Farewell()));
  }

  /// Finishes what is in the log's queue and makes the store durable, so that the next start is
  /// quick.
  @Override
  public void close() throws IOException {
    leave();
    checkpoints.close();
    parts.messenger().close();
    parts.log().close();
    parts.store().flush();
    parts.store().close();
  }
}
