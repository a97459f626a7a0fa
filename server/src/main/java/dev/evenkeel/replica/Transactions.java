package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What transactions do to a partition, at the leader of its group: each request is one entry. The
/// protocol is in `docs/transactions.md`. Serial executor only.
final class Transactions {
  private static final WriteOutcome.Applied CHANGED =
      new WriteOutcome.Applied(null, null, Map.of(), -1);

  private final Writes writes;
  private final NewestState newest;

  Transactions(Writes writes, NewestState newest) {
    this.writes = writes;
    this.newest = newest;
  }

  /// The actions of one request, judged on the newest state one by one.
  private final class Judgement {
    private final Draft draft = Draft.open();
    private final List<WriteOutcome.Reason> reasons = new ArrayList<>();
    private final List<WriteOutcome.Effect> effects = new ArrayList<>();

    /// What becomes of each item.
    private final List<ItemWrite> decided = new ArrayList<>();

    private final long micros = writes.nextMicros();
    private boolean fits = true;

    /// The newest entry in flight on which the judgement rests, or null.
    private @Nullable Proposal dependsOn;

    void judge(TransactionAction action, byte[] key, NewestState.Known.Value known)
        throws IOException {
      ItemWrite write = action.write();
      if (writes.locks().isLocked(key)) {
        refuse(WriteOutcome.Reason.Conflict.INSTANCE);
        return;
      }
      dependsOn = Proposal.later(dependsOn, known.dependsOn());
      byte[] value = known.value();
      BinaryItem before = value == null ? null : BinaryItem.wrap(value);
      WriteOutcome outcome =
          draft.change(
              write, new Draft.Newest(key, before, writes.collectionBytes(write), writes.schema()));
      if (outcome instanceof WriteOutcome.Applied applied) {
        reasons.add(WriteOutcome.Reason.None.INSTANCE);
        effects.add(WriteOutcome.Effect.of(applied));
        decided.add(Transactions.decided(write, applied.after()));
      } else {
        refuse(reason(outcome, action));
      }
    }

    private void refuse(WriteOutcome.Reason reason) {
      reasons.add(reason);
      fits = false;
    }
  }

  private static WriteOutcome.Reason reason(WriteOutcome outcome, TransactionAction action) {
    return switch (outcome) {
      case WriteOutcome.ConditionFailed(var item) ->
          new WriteOutcome.Reason.ConditionFailed(action.returnsItem() ? item : null);
      case WriteOutcome.Rejected(var error) -> new WriteOutcome.Reason.Rejected(error);
      default -> throw new IllegalStateException("no evaluation refuses with " + outcome);
    };
  }

  /// What is left to do when the transaction happens.
  private static ItemWrite decided(ItemWrite write, @Nullable BinaryItem after) {
    ItemWrite.Change change =
        write.change() instanceof ItemWrite.Change.Check
            ? ItemWrite.Change.Check.INSTANCE
            : after == null ? ItemWrite.Change.Delete.INSTANCE : new ItemWrite.Change.Put(after);
    return new ItemWrite(write.table(), write.partition(), write.sort(), null, change);
  }

  /// See [Request.Prepare].
  void prepare(Request.Prepare request, Writes.Waiting done) {
    prepare(request, done, false);
  }

  private void prepare(Request.Prepare request, Writes.Waiting done, boolean mayTouchDisk) {
    Judgement judged =
        judged(request.actions(), mayTouchDisk, done, () -> prepare(request, done, true));
    if (judged == null) {
      return;
    }
    Draft locks = Draft.ofDecided();
    for (ItemWrite decided : judged.decided) {
      LockRecord lock = new LockRecord(request.transaction(), judged.micros, decided);
      locks = behindFull(locks, 0);
      locks.add(new Command.Mutation.Put(StoredKeys.lock(decided.storedKey()), lock.encode()));
    }
    WriteOutcome prepared = new WriteOutcome.Transacted(judged.micros, judged.effects);
    writes.propose(locks, 0, prepared, done);
  }

  /// Where there is more than one entry carries it goes in several: the last is applied only if all
  /// before it are.
  ///
  /// @return the draft to go on with
  private Draft behindFull(Draft draft, long atLeastMicros) {
    if (draft.bytes() < Request.BATCH_BYTES) {
      return draft;
    }
    writes.propose(draft, atLeastMicros, CHANGED, Writes.Waiting.NOBODY);
    return Draft.ofDecided();
  }

  /// See [Request.Transact].
  void transact(Request.Transact request, Writes.Waiting done) {
    transact(request, done, false);
  }

  private void transact(Request.Transact request, Writes.Waiting done, boolean mayTouchDisk) {
    Mark mark = request.mark();
    Judgement judged =
        judged(request.actions(), mayTouchDisk, done, () -> transact(request, done, true));
    if (judged == null) {
      return;
    }
    long epoch = writes.locks().epoch();
    if (mark != null && mark.epoch() != epoch) {
      writes.answer(new WriteOutcome.OtherEpoch(epoch), newest.newest(), done);
      return;
    }
    WriteOutcome outcome = new WriteOutcome.Transacted(judged.micros, judged.effects);
    Draft draft = judged.draft;
    if (mark != null) {
      draft.add(
          new Command.Mutation.Put(
              StoredKeys.transactionMark(request.group(), mark.transaction().id().bytes()),
              new LockRecord(mark.transaction(), judged.micros, null).encode()));
    }
    if (draft.bytes() > Request.BATCH_BYTES) {
      done.accept(new WriteOutcome.TooLarge());
    } else if (draft.isEmpty()) {
      writes.answer(outcome, judged.dependsOn, done);
    } else {
      writes.propose(judged.micros, draft.growth(), draft.mutations(), outcome, done);
    }
  }

  /// Judges all actions; where that cannot be done now or they cannot all be done, answers.
  ///
  /// @param again called when what is on disk has come to memory
  /// @return null when it is answered, or will be
  private @Nullable Judgement judged(
      List<TransactionAction> actions, boolean mayTouchDisk, Writes.Waiting done, Runnable again) {
    List<byte[]> keys = actions.stream().map(action -> action.write().storedKey()).toList();
    try {
      List<NewestState.Known.Value> known = writes.known(keys, mayTouchDisk, done, again);
      if (known == null) {
        return null;
      }
      Judgement judgement = new Judgement();
      for (int i = 0; i < keys.size(); i++) {
        judgement.judge(actions.get(i), keys.get(i), known.get(i));
      }
      if (!judgement.fits) {
        writes.answer(new WriteOutcome.Canceled(judgement.reasons), judgement.dependsOn, done);
        return null;
      }
      return judgement;
    } catch (IOException e) {
      done.accept(new WriteOutcome.Unavailable(String.valueOf(e.getMessage())));
      return null;
    }
  }

  /// See [Request.Finish]. What is locked has not changed since it was judged; what hangs on it,
  /// the size of a collection, may have.
  void finish(Request.Finish request, Writes.Waiting done) {
    WriteOutcome refusal = writes.refusal();
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    Draft draft = Draft.ofDecided();
    try {
      for (byte[] lock : writes.locks().of(request.transaction())) {
        if (request.commits()) {
          apply(lock, draft);
        }
        draft.add(new Command.Mutation.Delete(lock));
        draft = behindFull(draft, request.commitMicros());
      }
    } catch (IOException e) {
      done.accept(new WriteOutcome.Unavailable(String.valueOf(e.getMessage())));
      return;
    }
    if (draft.isEmpty()) {
      // Somebody else has finished it, which may still be in flight.
      writes.answer(CHANGED, newest.newest(), done);
    } else {
      writes.propose(draft, request.commitMicros(), CHANGED, done);
    }
  }

  private void apply(byte[] lock, Draft draft) throws IOException {
    byte[] key = StoredKeys.locked(lock);
    ItemWrite write = LockRecord.decode(value(lock)).write();
    if (write == null) {
      throw new IllegalStateException("a lock without a change");
    }
    BinaryItem before = item(key);
    Draft.Newest state =
        new Draft.Newest(key, before, writes.collectionBytes(write), writes.schema());
    if (!(draft.change(write, state) instanceof WriteOutcome.Applied)) {
      throw new IllegalStateException("a decided change is refused");
    }
  }

  private byte[] value(byte[] key) throws IOException {
    if (newest.look(key, true) instanceof NewestState.Known.Value(var value, _) && value != null) {
      return value;
    }
    throw new IllegalStateException("a lock is in memory and not in the store");
  }

  private @Nullable BinaryItem item(byte[] key) throws IOException {
    return newest.look(key, true) instanceof NewestState.Known.Value(var value, _) && value != null
        ? BinaryItem.wrap(value)
        : null;
  }

  /// See [Request.AskMark].
  void askMark(Request.AskMark request, Writes.Waiting done) {
    WriteOutcome refusal = writes.refusal();
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    Mark mark = request.mark();
    boolean happened = writes.locks().isMarked(mark.transaction().id());
    if (happened || !request.ends() || mark.epoch() < writes.locks().epoch()) {
      writes.answer(new WriteOutcome.Happened(happened), newest.newest(), done);
      return;
    }
    byte[] next = ByteBuffer.allocate(Long.BYTES).putLong(mark.epoch() + 1).array();
    writes.propose(
        writes.nextMicros(),
        Growth.NONE,
        List.of(new Command.Mutation.Put(StoredKeys.transactionEpoch(request.group()), next)),
        new WriteOutcome.Happened(false),
        done);
  }

  /// See [Request.Unmark].
  void unmark(Request.Unmark request, Writes.Waiting done) {
    WriteOutcome refusal = writes.refusal();
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    List<Command.Mutation> mutations = new ArrayList<>();
    for (TransactionId id : request.transactions()) {
      if (writes.locks().isMarked(id)) {
        mutations.add(
            new Command.Mutation.Delete(StoredKeys.transactionMark(request.group(), id.bytes())));
      }
    }
    if (mutations.isEmpty()) {
      writes.answer(CHANGED, newest.newest(), done);
    } else {
      writes.propose(writes.nextMicros(), Growth.NONE, mutations, CHANGED, done);
    }
  }
}
