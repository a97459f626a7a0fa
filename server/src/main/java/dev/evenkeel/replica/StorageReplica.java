package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.Lookup;
import dev.evenkeel.wal.AppendOutcome;
import dev.evenkeel.wal.LogGroup;
import dev.evenkeel.wal.LogListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The log and the ordered store of one partition, and its leader. See the package for how a write
/// goes and what holds.
public final class StorageReplica implements LogListener {
  /// Kind of a log record that holds an [Entry].
  static final byte ENTRY = 0x01;

  /// The one ballot there is while a group has one replica.
  private static final long BALLOT = 1;

  /// Entries in flight at most; a write beyond is refused.
  private static final int PROPOSALS_MAX = 16_384;

  /// How long to wait before the store is asked again to take what it refused.
  private static final Duration APPLY_AGAIN_AFTER = Duration.ofMillis(200);

  private final long group;
  private final Environment environment;
  private final ItemStore store;
  private final LogGroup log;
  private final Executor serial;
  private final NewestState newest;
  private final byte[] stateKey;

  /// Read by any thread; changed in the serial executor, after the store has the same.
  private volatile ReplicaState state;

  /// The newest slot when the log was opened. Each append since then was the next slot.
  private final long recoveredSlot;

  // All below: serial executor only.

  /// The newest slot that was appended. Invariant: at least `state.appliedSlot()`.
  private long lastSlot;

  private long durableSlot;

  /// Why writes are refused for good, or null.
  private @Nullable String failed;

  /// Why the store takes no entries for now, or null.
  private @Nullable String stalled;

  StorageReplica(
      long group,
      Environment environment,
      ItemStore store,
      LogGroup.Opener log,
      ReplicaState recovered) {
    this.group = group;
    this.environment = environment;
    this.store = store;
    this.serial = environment.tasks().serial("replica-" + group);
    this.newest = new NewestState(store);
    this.stateKey = StoredKeys.replicaState(group);
    this.state = recovered;
    this.recoveredSlot = recovered.appliedSlot();
    this.lastSlot = recovered.appliedSlot();
    this.durableSlot = recovered.appliedSlot();
    this.log = log.open(group, this);
  }

  /// The replication group's number.
  public long group() {
    return group;
  }

  /// Applied slot and counters, as of now.
  public ReplicaState state() {
    return state;
  }

  /// Evaluates the write on the newest state, makes it durable, applies it, answers.
  ///
  /// @param done called exactly once, on any thread
  public void write(ItemWrite write, Consumer<WriteOutcome> done) {
    serial.execute(() -> evaluate(write, done, false));
  }

  /// Empties a range of the partition's keys, as an entry like any other.
  public void deleteRange(StoredKeys.Range range, Consumer<WriteOutcome> done) {
    serial.execute(() -> {
      Entry entry =
          new Entry(
              environment.clock().wallMicros(),
              totalsNow().negated(),
              List.of(new Entry.Mutation.DeleteRange(range.from(), range.to())));
      propose(entry, new WriteOutcome.Applied(null, null, Map.of(), -1), done);
    });
  }

  /// Reads an item's applied state: consistent, since this replica leads its group.
  ///
  /// @param key the stored key
  /// @param done called exactly once, on the calling thread when the item is in memory
  public void read(byte[] key, Consumer<ReadOutcome> done) {
    switch (store.lookup(key)) {
      case Lookup.Found found -> done.accept(new ReadOutcome.Item(BinaryItem.wrap(found.value())));
      case Lookup.Absent _ -> done.accept(new ReadOutcome.Item(null));
      case Lookup.OnDisk _ -> environment.tasks().reads().execute(() -> done.accept(get(key)));
    }
  }

  /// Reads a page; blocks on the disk.
  ///
  /// @throws IOException when the store cannot be read
  public Page read(PageRead read) throws IOException {
    return PageReader.read(store, read);
  }

  @Override
  public void durable(long sequence) {
    serial.execute(() -> {
      durableSlot = Math.max(durableSlot, recoveredSlot + sequence);
      apply();
    });
  }

  @Override
  public void failed(IOException reason) {
    serial.execute(() -> fail("the log failed: " + reason.getMessage()));
  }

  /// Everything up to this slot is durable in the store: the log need not keep it.
  void release(long slot) {
    log.release(slot);
  }

  private ReadOutcome get(byte[] key) {
    try {
      byte[] value = store.get(key);
      return new ReadOutcome.Item(value == null ? null : BinaryItem.wrap(value));
    } catch (IOException e) {
      return new ReadOutcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private void evaluate(ItemWrite write, Consumer<WriteOutcome> done, boolean mayTouchDisk) {
    String refusal = refusal();
    if (refusal != null) {
      done.accept(new WriteOutcome.Unavailable(refusal));
      return;
    }
    byte[] key = write.storedKey();
    NewestState.Known item;
    long collectionBytes;
    try {
      item = newest.look(key, mayTouchDisk);
      collectionBytes = collectionBytes(write);
    } catch (IOException e) {
      done.accept(new WriteOutcome.Unavailable(String.valueOf(e.getMessage())));
      return;
    }
    switch (item) {
      case NewestState.Known.OnDisk _ -> warmThenEvaluate(key, write, done);
      case NewestState.Known.Value(var value, var dependsOn) -> {
        BinaryItem before = value == null ? null : BinaryItem.wrap(value);
        switch (Evaluation.of(write, key, before, collectionBytes)) {
          case Evaluation.Settled(var outcome) -> answer(outcome, dependsOn, done);
          case Evaluation.Proposed proposed ->
              propose(
                  new Entry(
                      environment.clock().wallMicros(), proposed.growth(), proposed.mutations()),
                  proposed.outcome(),
                  done);
        }
      }
    }
  }

  /// Reads the item from the disk on the pool for reads, so that the serial executor finds it in
  /// memory; should it have gone from there again, the second look may touch the disk.
  private void warmThenEvaluate(byte[] key, ItemWrite write, Consumer<WriteOutcome> done) {
    environment
        .tasks()
        .reads()
        .execute(() -> {
          if (get(key) instanceof ReadOutcome.Failed(var reason)) {
            done.accept(new WriteOutcome.Unavailable(reason));
            return;
          }
          serial.execute(() -> evaluate(write, done, true));
        });
  }

  private long collectionBytes(ItemWrite write) throws IOException {
    if (write.table().localIndexes().isEmpty()) {
      return -1;
    }
    byte[] key = StoredKeys.itemCollectionSize(write.table().id(), write.partition());
    NewestState.Known size = newest.look(key, true);
    return size instanceof NewestState.Known.Value(var value, _) && value != null
        ? ByteBuffer.wrap(value).getLong()
        : 0;
  }

  private @Nullable String refusal() {
    if (failed != null) {
      return failed;
    }
    if (stalled != null) {
      return stalled;
    }
    if (newest.proposals() >= PROPOSALS_MAX) {
      return "too many writes are in flight";
    }
    return log.hasRoom() ? null : "the disk is full";
  }

  private static @Nullable String refusal(AppendOutcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> null;
      case DISK_FULL -> "the disk is full";
      case OVERLOADED -> "too many writes are in flight";
      case FAILED, CLOSED -> "the log takes no writes";
    };
  }

  private void answer(
      WriteOutcome outcome, @Nullable Proposal dependsOn, Consumer<WriteOutcome> done) {
    if (dependsOn == null) {
      done.accept(outcome);
    } else {
      dependsOn.then(() -> done.accept(outcome), () -> done.accept(unavailable()));
    }
  }

  private WriteOutcome.Unavailable unavailable() {
    return new WriteOutcome.Unavailable(String.valueOf(failed));
  }

  private void propose(Entry entry, WriteOutcome.Applied outcome, Consumer<WriteOutcome> done) {
    String refusal = refusal();
    if (refusal == null) {
      refusal = refusal(log.append(ENTRY, BALLOT, lastSlot + 1, entry.encode()));
    }
    if (refusal != null) {
      done.accept(new WriteOutcome.Unavailable(refusal));
      return;
    }
    lastSlot++;
    Proposal proposal = new Proposal(lastSlot, entry);
    proposal.then(
        () -> done.accept(outcome),
        () -> done.accept(new WriteOutcome.Unknown(String.valueOf(failed))));
    newest.add(proposal);
  }

  private Growth totalsNow() {
    Growth totals = state.totals();
    for (Proposal proposal : newest.inSlotOrder()) {
      totals = totals.plus(proposal.entry.growth());
    }
    return totals;
  }

  /// Applies what is durable, in slot order, as one batch; then answers.
  private void apply() {
    if (failed != null || state.appliedSlot() >= durableSlot) {
      return;
    }
    ReplicaState next = state;
    try (Batch batch = store.batch()) {
      for (Proposal proposal : newest.inSlotOrder()) {
        if (proposal.slot > durableSlot) {
          break;
        }
        proposal.entry.applyTo(batch);
        next = next.after(proposal.slot, proposal.entry);
      }
      batch.put(stateKey, next.encode());
      store.write(batch);
    } catch (IOException e) {
      stalled = "the store takes no writes: " + e.getMessage();
      environment.tasks().after(APPLY_AGAIN_AFTER, () -> serial.execute(this::apply));
      return;
    }
    stalled = null;
    state = next;
    for (Proposal oldest = newest.oldest();
        oldest != null && oldest.slot <= next.appliedSlot();
        oldest = newest.oldest()) {
      newest.removeOldest();
      oldest.applied();
    }
  }

  private void fail(String reason) {
    if (failed != null) {
      return;
    }
    failed = reason;
    for (Proposal oldest = newest.oldest(); oldest != null; oldest = newest.oldest()) {
      newest.removeOldest();
      oldest.lost();
    }
  }
}
