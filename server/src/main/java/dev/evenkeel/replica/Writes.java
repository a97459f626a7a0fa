package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.paxos.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The writes of a group, at its leader: evaluated on the newest state, proposed, answered. Serial
/// executor of the replica only.
final class Writes {
  /// Commands in flight at most; a write beyond is refused, as is one beyond the bytes that the
  /// protocol keeps open.
  private static final int PROPOSALS_MAX = 16_384;

  private static final WriteOutcome.Applied CHANGED =
      new WriteOutcome.Applied(null, null, Map.of(), -1);

  private final StorageReplica replica;
  private final NodeParts node;
  private final Environment environment;
  private final NewestState newest;
  private final AcceptorLog records;

  /// Why no writes of items are taken, or null. Any thread.
  private volatile @Nullable ApiException overload;

  // Of the present leadership; see [#lead].

  /// Where it began.
  private long barrier = -1;

  /// Commit time of the newest command.
  private long clock;

  /// As of the newest command.
  private PartitionSchema schema = PartitionSchema.NONE;

  /// As of the newest command.
  private Locks locks = new Locks();

  private final Transactions transactions;
  private final BatchWrites batches;

  Writes(StorageReplica replica, NodeParts node, NewestState newest, AcceptorLog records) {
    this.replica = replica;
    this.node = node;
    this.environment = node.environment();
    this.newest = newest;
    this.records = records;
    this.transactions = new Transactions(this, newest);
    this.batches = new BatchWrites(this);
  }

  /// What transactions have left, as of the newest command.
  Locks locks() {
    return locks;
  }

  /// What the partition does with changes, as of the newest command.
  PartitionSchema schema() {
    return schema;
  }

  /// Who waits for an answer.
  ///
  /// @param until when it gives up, on this node's monotonic clock
  record Waiting(Consumer<WriteOutcome> done, long until) {
    static final Waiting NOBODY = new Waiting(_ -> {}, Long.MAX_VALUE);

    void accept(WriteOutcome outcome) {
      done.accept(outcome);
    }
  }

  /// Serial executor only.
  void change(Request.Change change, Waiting done) {
    try {
      switch (change) {
        case Request.Write(_, var write) -> evaluate(write, done, false);
        case Request.WriteEach each -> batches.write(each, done);
        case Request.Configure(_, var next) -> configure(next, done);
        case Request.Forget forget -> forget(forget, done);
        case Request.Follow(_, var batch) -> follow(batch, done);
        case Request.FillExpiry fill -> fill(fill, done);
        case Request.Prepare prepare -> transactions.prepare(prepare, done);
        case Request.Transact transact -> transactions.transact(transact, done);
        case Request.Finish finish -> transactions.finish(finish, done);
        case Request.AskMark ask -> transactions.askMark(ask, done);
        case Request.Unmark unmark -> transactions.unmark(unmark, done);
      }
    } catch (IOException e) {
      done.accept(new WriteOutcome.Unavailable(String.valueOf(e.getMessage())));
    }
  }

  /// See [StorageReplica#overload].
  void overload(@Nullable ApiException refusal) {
    overload = refusal;
  }

  /// Deletes all that the partition holds, as an entry like any other.
  void empty(Waiting done) {
    WriteOutcome refusal = refusal();
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    StoredKeys.Range range = StoredKeys.everything(replica.group());
    propose(
        totalsNow().negated(),
        List.of(new Command.Mutation.DeleteRange(range.from(), range.to())),
        CHANGED,
        done);
  }

  /// See [Request.Configure].
  private void configure(PartitionSchema next, Waiting done) throws IOException {
    WriteOutcome refusal = refusal();
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    byte[] key = StoredKeys.partitionSchema(replica.group());
    if (next.generation() <= schema.generation()) {
      if (newest.look(key, true) instanceof NewestState.Known.Value(_, var dependsOn)) {
        answer(CHANGED, dependsOn, done);
      }
      return;
    }
    List<Command.Mutation> mutations = new ArrayList<>();
    mutations.add(new Command.Mutation.Put(key, SchemaCodec.encode(next)));
    StreamSpan.change(replica.group(), schema.stream(), next.stream(), mutations);
    if (!Objects.equals(schema.expiryAttribute(), next.expiryAttribute())) {
      ExpiryFilling.begin(replica.group(), next.expiryAttribute() != null, mutations);
    }
    propose(Growth.NONE, mutations, CHANGED, done);
    schema = next;
  }

  /// See [Request.Forget].
  private void forget(Request.Forget forget, Waiting done) throws IOException {
    WriteOutcome refusal = refusal();
    if (refusal == null && forget.generation() != schema.generation()) {
      refusal = new WriteOutcome.ConditionFailed(null);
    }
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    ChangePosition upTo = forget.upTo();
    byte[] key = StoredKeys.forgotten(replica.group());
    if (newest.look(key, true) instanceof NewestState.Known.Value(var before, var dependsOn)
        && before != null
        && ChangeRecords.position(before).compareTo(upTo) >= 0) {
      answer(CHANGED, dependsOn, done);
      return;
    }
    StoredKeys.Range range = ChangeRecords.upTo(replica.group(), upTo);
    List<Command.Mutation> mutations = new ArrayList<>();
    mutations.add(new Command.Mutation.DeleteRange(range.from(), range.to()));
    mutations.add(new Command.Mutation.Put(key, ChangeRecords.encode(upTo)));
    StreamSpan.forget(replica.group(), replica.store(), upTo, mutations);
    propose(Growth.NONE, mutations, CHANGED, done);
  }

  /// See [Request.FillExpiry].
  private void fill(Request.FillExpiry fill, Waiting done) throws IOException {
    WriteOutcome refusal = refusal();
    if (refusal != null) {
      done.accept(refusal);
    } else if (fill.attribute().equals(schema.expiryAttribute())) {
      propose(Growth.NONE, ExpiryFilling.step(fill, newest), CHANGED, done);
    } else {
      done.accept(new WriteOutcome.ConditionFailed(null));
    }
  }

  /// See [Request.Follow].
  private void follow(IndexBatch batch, Waiting done) throws IOException {
    WriteOutcome refusal = refusal();
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    byte[] key = IndexBatches.positionKey(replica.group(), batch);
    if (newest.look(key, true) instanceof NewestState.Known.Value(var stored, var dependsOn)) {
      conclude(IndexBatches.of(replica.group(), batch, stored), dependsOn, done);
    }
  }

  private void conclude(Evaluation evaluation, @Nullable Proposal dependsOn, Waiting done) {
    switch (evaluation) {
      case Evaluation.Settled(var outcome) -> answer(outcome, dependsOn, done);
      case Evaluation.Proposed proposed ->
          propose(proposed.growth(), proposed.mutations(), proposed.outcome(), done);
    }
  }

  /// Serial executor only.
  ///
  /// @param mayTouchDisk whether to wait for the disk where memory does not know the item
  void evaluate(ItemWrite write, Waiting done, boolean mayTouchDisk) {
    WriteOutcome refusal = refusalOfItems();
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    byte[] key = write.storedKey();
    if (locks.isLocked(key)) {
      done.accept(new WriteOutcome.Conflict());
      return;
    }
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
      case NewestState.Known.OnDisk _ ->
          warm(List.of(key), done, () -> evaluate(write, done, true));
      case NewestState.Known.Value(var value, var dependsOn) -> {
        BinaryItem before = value == null ? null : BinaryItem.wrap(value);
        conclude(Evaluation.of(write, key, before, collectionBytes, schema), dependsOn, done);
      }
    }
  }

  /// Takes up a new leadership: everything up to its barrier is applied.
  private void lead(Lease lease) {
    if (barrier != lease.readySlot()) {
      barrier = lease.readySlot();
      clock = replica.state().order().clockMicros();
      schema = replica.schema();
      locks = replica.applier().locks().copy();
    }
  }

  /// Reads items from the disk on the pool for reads, so that the serial executor finds them in
  /// memory; should one have gone from there again, the second look may touch the disk.
  void warm(List<byte[]> keys, Waiting done, Runnable then) {
    environment
        .tasks()
        .reads()
        .execute(() -> {
          for (byte[] key : keys) {
            if (replica.get(key) instanceof ReadOutcome.Failed(var reason)) {
              done.accept(new WriteOutcome.Unavailable(reason));
              return;
            }
          }
          replica.serial().execute(then);
        });
  }

  /// The newest states of items that one request names; where they cannot be known now, answers.
  ///
  /// @param again called when what is on disk has come to memory
  /// @return one for each key; null when it is answered, or will be
  @Nullable List<NewestState.Known.Value> known(
      List<byte[]> keys, boolean mayTouchDisk, Waiting done, Runnable again) throws IOException {
    WriteOutcome refusal = refusalOfItems();
    if (refusal != null) {
      done.accept(refusal);
      return null;
    }
    List<NewestState.Known.Value> known = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      switch (newest.look(key, mayTouchDisk)) {
        case NewestState.Known.OnDisk _ -> {
          warm(keys, done, again);
          return null;
        }
        case NewestState.Known.Value value -> known.add(value);
      }
    }
    return known;
  }

  /// The newest size of the collection of the item; −1 without local indexes.
  long collectionBytes(ItemWrite write) throws IOException {
    if (write.table().localIndexes().isEmpty()) {
      return -1;
    }
    NewestState.Known size = newest.look(Draft.collectionKey(write), true);
    return size instanceof NewestState.Known.Value(var value, _) && value != null
        ? ByteBuffer.wrap(value).getLong()
        : 0;
  }

  /// Why nothing can be evaluated here now, or null.
  @Nullable WriteOutcome refusal() {
    String problem = replica.problem();
    if (problem != null) {
      // Another member may lead; whoever does, or is the only one, says why it refuses.
      boolean isUpToOthers =
          replica.lease() == null && replica.configuration().members().size() > 1;
      return isUpToOthers
          ? new WriteOutcome.NotLeader(replica.hint())
          : new WriteOutcome.Unavailable(problem);
    }
    Lease lease = replica.lease();
    if (lease == null || !replica.participant().mayPropose()) {
      return new WriteOutcome.NotLeader(replica.hint());
    }
    lead(lease);
    if (newest.proposals() >= PROPOSALS_MAX || replica.participant().isCrowded()) {
      return new WriteOutcome.Unavailable("too many writes are in flight");
    }
    if (!replica.log().hasRoom()) {
      // Idle until now: time has to pass for it to give way.
      node.watch(replica);
      return new WriteOutcome.Unavailable("the disk is full");
    }
    if (!records.isClear()) {
      return new WriteOutcome.Unavailable("the disk is busy");
    }
    if (replica.participant().isBlocked(environment.clock().monotonicNanos())) {
      return new WriteOutcome.Unavailable("the disks of too many members are full");
    }
    return null;
  }

  /// The same of a write of items, which are not taken while too much is to follow them.
  private @Nullable WriteOutcome refusalOfItems() {
    WriteOutcome refusal = refusal();
    ApiException tooMuch = overload;
    return refusal == null && tooMuch != null ? new WriteOutcome.Rejected(tooMuch) : refusal;
  }

  /// An answer that was judged by applied state alone holds if the lease still does; one that was
  /// judged by an entry in flight waits for that.
  void answer(WriteOutcome outcome, @Nullable Proposal dependsOn, Waiting done) {
    if (dependsOn != null) {
      dependsOn.then(new Answering(outcome, done, true));
    } else {
      done.accept(replica.lease() == null ? new WriteOutcome.NotLeader(replica.hint()) : outcome);
    }
  }

  private record Answering(WriteOutcome outcome, Waiting done, boolean depends)
      implements Proposal.Ending {
    @Override
    public void applied() {
      done.accept(outcome);
    }

    @Override
    public void displaced() {
      done.accept(new WriteOutcome.NotLeader(0));
    }

    @Override
    public long until() {
      return done.until;
    }

    @Override
    public void lost(String reason) {
      done.accept(
          depends ? new WriteOutcome.Unavailable(reason) : new WriteOutcome.Unknown(reason));
    }
  }

  private void propose(
      Growth growth, List<Command.Mutation> mutations, WriteOutcome outcome, Waiting done) {
    propose(nextMicros(), growth, mutations, outcome, done);
  }

  /// @param atLeastMicros what the commit time is at least, µs since 1970
  void propose(Draft draft, long atLeastMicros, WriteOutcome outcome, Waiting done) {
    long micros = Math.max(nextMicros(), atLeastMicros);
    propose(micros, draft.growth(), draft.mutations(), outcome, done);
  }

  /// The commit time of a command that is proposed now: greater than those of all before it.
  long nextMicros() {
    return Math.max(environment.clock().wallMicros(), clock + 1);
  }

  /// @param micros commit time, at least [#nextMicros]
  void propose(
      long micros,
      Growth growth,
      List<Command.Mutation> mutations,
      WriteOutcome outcome,
      Waiting done) {
    Command command = new Command(micros, barrier, growth, mutations);
    byte[] bytes = command.encode();
    long now = environment.clock().monotonicNanos();
    long slot = replica.participant().propose(bytes, now);
    if (slot == 0) {
      done.accept(new WriteOutcome.NotLeader(replica.hint()));
      return;
    }
    clock = micros;
    locks.follow(mutations);
    Proposal proposal = new Proposal(slot, command, bytes);
    proposal.then(new Answering(outcome, done, false));
    newest.add(proposal);
    replica.participant().flush(now);
    replica.settle(now);
  }

  private Growth totalsNow() {
    Growth totals = replica.state().totals();
    for (Proposal proposal : newest.inSlotOrder()) {
      totals = totals.plus(proposal.command.growth());
    }
    return totals;
  }
}
