package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.rpc.LocalExchange;
import dev.evenkeel.rpc.LocalMessenger;
import dev.evenkeel.rpc.RpcLimits;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.telemetry.Telemetry;
import dev.evenkeel.wal.LogOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A node without peers, in memory, with one partition at first; its table has the string key `pk`.
public final class OnePartition implements AutoCloseable {
  public static final TableSchema TABLE =
      new TableSchema(
          7,
          "tab",
          new KeySchema(new KeySchema.KeyAttribute("pk", AttributeValue.Type.S), null),
          List.of());

  private static final long MEMORY_BYTES = 256L << 20;

  private final RealEnvironment environment =
      RealEnvironment.inMemory(
          MEMORY_BYTES,
          bug -> {
            throw new AssertionError(bug);
          });
  private final MemoryItemStore store = MemoryItemStore.forSimulation();
  private StorageNode node;

  public OnePartition() throws IOException {
    node = openNode();
    open(TABLE.id());
  }

  /// Opens another partition on the same node.
  public StorageReplica open(long group) {
    Configuration alone =
        Configuration.first(List.of(new Member(node.self(), Member.Kind.STORAGE)));
    String problem = node.open(new NodeMessage.Open(group, 0, false, alone));
    if (!problem.isEmpty()) {
      throw new IllegalStateException(problem);
    }
    StorageReplica replica = replica(group);
    while (!replica.serves()) {
      Thread.onSpinWait();
    }
    return replica;
  }

  private StorageNode openNode() throws IOException {
    NodeFile file = NodeFile.open(environment, "local", 1, true);
    Telemetry telemetry = new Telemetry();
    return StorageNode.open(
        new StorageNode.Setup(
            environment,
            telemetry,
            store,
            new LocalMessenger<>(
                new LocalExchange<>(), environment, telemetry, RpcLimits.DEFAULT, file.identity()),
            file,
            new Zones(Map.of(1, "a")),
            LogOptions.DEFAULT.inMemory(),
            StorageOptions.DEFAULT));
  }

  public StorageReplica replica() {
    return replica(TABLE.id());
  }

  private StorageReplica replica(long group) {
    return Objects.requireNonNull(node.replica(group));
  }

  public StorageNode node() {
    return node;
  }

  /// The node's, which is real but for its disk.
  public Environment environment() {
    return environment;
  }

  /// Has the node hear of another's wall clock.
  public void hear(long other, long wallMicros) {
    replica().clocks().heard(other, wallMicros);
  }

  public WriteOutcome change(Request.Change change) {
    CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
    long until = environment.clock().monotonicNanos() + Request.DEADLINE.toNanos();
    replica().change(change, until, outcome::complete);
    return outcome.orTimeout(30, TimeUnit.SECONDS).join();
  }

  TogetherOutcome ask(Request.Together request) {
    CompletableFuture<TogetherOutcome> outcome = new CompletableFuture<>();
    replica().read(request, outcome::complete);
    return outcome.orTimeout(30, TimeUnit.SECONDS).join();
  }

  List<Unsettled> unsettled() {
    CompletableFuture<List<Unsettled>> all = new CompletableFuture<>();
    replica().unsettled(Long.MAX_VALUE, all::complete);
    return all.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /// Has the replica read again what it keeps in memory of its store, as after a start.
  void reload() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    replica()
        .serial()
        .execute(() -> {
          try {
            replica().applier().load();
            done.complete(true);
          } catch (IOException e) {
            done.completeExceptionally(e);
          }
        });
    done.orTimeout(30, TimeUnit.SECONDS).join();
  }

  public WriteOutcome put(String key, String value) {
    BinaryItem item = item(key, value);
    return write(key, new ItemWrite.Change.Put(item));
  }

  /// An item whose attribute `name` is a number.
  static BinaryItem item(String key, String name, long number) {
    return BinaryItem.of(
        Map.of("pk", new AttributeValue.S(key), name, AttributeValue.N.of(number)));
  }

  WriteOutcome put(String key, BinaryItem item) {
    return write(key, new ItemWrite.Change.Put(item));
  }

  /// @param now seconds since 1970
  WriteOutcome expire(String key, long now) {
    return write(key, new ItemWrite.Change.Expire(now));
  }

  WriteOutcome delete(String key) {
    return write(key, ItemWrite.Change.Delete.INSTANCE);
  }

  private WriteOutcome write(String key, ItemWrite.Change change) {
    ItemWrite write = new ItemWrite(TABLE, new AttributeValue.S(key), null, null, change);
    return change(new Request.Write(TABLE.id(), write));
  }

  static BinaryItem item(String key, String value) {
    return BinaryItem.of(Map.of("pk", new AttributeValue.S(key), "v", new AttributeValue.S(value)));
  }

  @Nullable BinaryItem read(String key) {
    CompletableFuture<ReadOutcome> outcome = new CompletableFuture<>();
    byte[] stored = StoredKeys.item(TABLE.id(), new AttributeValue.S(key), null);
    replica().read(stored, true, outcome::complete);
    if (outcome.orTimeout(30, TimeUnit.SECONDS).join() instanceof ReadOutcome.Item(var item)) {
      return item;
    }
    throw new AssertionError("not read: " + key);
  }

  List<ChangeRecord> changes(ChangePosition after) throws IOException {
    return replica().changes(after, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  ChangesPage page(ChangePosition after) {
    Request.ReadChanges request =
        new Request.ReadChanges(TABLE.id(), after, Integer.MAX_VALUE, Long.MAX_VALUE, true);
    if (ChangeRecords.read(replica(), request) instanceof ChangesOutcome.Read(var page)) {
      return page;
    }
    throw new AssertionError("not read");
  }

  @Override
  public void close() throws IOException {
    node.close();
    environment.close();
  }
}
