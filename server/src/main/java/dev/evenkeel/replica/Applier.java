package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Value;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Applies chosen entries to the ordered store, in slot order, as one batch with the replica's own
/// state; then ends the proposals that they were. Serial executor only, except [#state].
final class Applier {
  /// Entries in one batch of the store.
  private static final int BATCH_ENTRIES_MAX = 1_024;

  private final ItemStore store;
  private final long group;
  private final byte[] stateKey;
  private final byte[] schemaKey;
  private final NewestState newest;

  /// Chosen and not applied, in slot order.
  private final Deque<Entry> chosen = new ArrayDeque<>(0);

  /// Proposals of a time in which this replica led; by slot.
  private final Deque<Proposal> orphans = new ArrayDeque<>(0);

  /// Slots of the present batch whose commands change nothing: [ReplicaState#takes].
  private final Set<Long> voided = new HashSet<>(0);

  private volatile ReplicaState state;
  private volatile PartitionSchema schema = PartitionSchema.NONE;

  private Locks locks = new Locks();
  private volatile boolean hasUnsettled;

  /// What changed of late, once somebody has asked.
  private @Nullable RecentChanges recent;

  /// What of the present batch is followed in memory.
  private final List<Noticed> noticed = new ArrayList<>(0);

  /// A command that is followed in memory once it is in the store.
  private record Noticed(long slot, Command command) {}

  /// Why the store is told nothing any more; null while the replica takes part in its group.
  private @Nullable String ended;

  /// Whether change records were applied since [#takeRecorded].
  private boolean recorded;

  Applier(long group, ItemStore store, NewestState newest, ReplicaState state) {
    this.store = store;
    this.group = group;
    this.stateKey = StoredKeys.replicaState(group);
    this.schemaKey = StoredKeys.partitionSchema(group);
    this.newest = newest;
    this.state = state;
  }

  /// What the store holds, as of now. Any thread.
  ReplicaState state() {
    return state;
  }

  /// What the partition does with changes, as of now. Any thread.
  PartitionSchema schema() {
    return schema;
  }

  /// What transactions have left, as of what is applied. Serial executor only.
  Locks locks() {
    return locks;
  }

  /// Whether transactions have left anything. Any thread.
  boolean hasUnsettled() {
    return hasUnsettled;
  }

  /// What transactions have left up to that time. Serial executor only, unless it is nothing.
  List<Unsettled> unsettled(long micros) {
    return hasUnsettled ? locks.before(micros) : List.of();
  }

  /// What changed since which applied slot. Serial executor only.
  RecentChanges recent() {
    if (recent == null) {
      recent = new RecentChanges(state.appliedSlot());
    }
    return recent;
  }

  /// Reads what the store holds besides items, after it was filled by other means than commands.
  void load() throws IOException {
    byte[] stored = store.get(schemaKey);
    schema = stored == null ? PartitionSchema.NONE : SchemaCodec.decodePartition(stored);
    locks = Locks.load(store, group);
    hasUnsettled = !locks.isEmpty();
    recent = null;
  }

  /// Whether change records were applied since this was asked before.
  boolean takeRecorded() {
    boolean taken = recorded;
    recorded = false;
    return taken;
  }

  private boolean isNoticed(Command command) {
    if (recent != null) {
      return true;
    }
    for (Command.Mutation mutation : command.mutations()) {
      boolean isNote = mutation instanceof Command.Mutation.Note;
      if (isNote || isSchema(mutation) || !Locks.isUntouchedBy(mutation)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSchema(Command.Mutation mutation) {
    return mutation instanceof Command.Mutation.Put(var key, _) && Arrays.equals(key, schemaKey);
  }

  private void follow(Noticed applied) {
    locks.follow(applied.command.mutations());
    hasUnsettled = !locks.isEmpty();
    for (Command.Mutation mutation : applied.command.mutations()) {
      if (mutation instanceof Command.Mutation.Put(_, var value) && isSchema(mutation)) {
        schema = SchemaCodec.decodePartition(value);
      }
      recorded |= mutation instanceof Command.Mutation.Note;
    }
    RecentChanges changes = recent;
    if (changes != null) {
      changes.follow(applied.command.mutations(), applied.slot);
    }
  }

  /// Takes the entry that comes next: each is applied once, and none is left out.
  void choose(Entry entry) {
    Entry last = chosen.peekLast();
    requireNext(entry, last == null ? state.appliedSlot() : last.slot());
    chosen.add(entry);
  }

  private static void requireNext(Entry entry, long before) {
    if (entry.slot() != before + 1) {
      throw new AssertionError("slot " + entry.slot() + " is applied after " + before);
    }
  }

  /// What was chosen and is not applied; emptied by this call.
  List<Entry> takeChosen() {
    List<Entry> all = List.copyOf(chosen);
    chosen.clear();
    return all;
  }

  /// This replica does not lead any more: what it proposed is chosen, or not, by others.
  void orphan() {
    orphans.addAll(newest.removeAll());
  }

  /// The replica takes part in its group no more. What was under way must not bring back into the
  /// store what is deleted from there.
  void end(String reason) {
    ended = reason;
    abandon(reason);
  }

  private void requirePart() throws IOException {
    if (ended != null) {
      throw new IOException(ended);
    }
  }

  /// Nobody waits any longer for what is not decided.
  void abandon(String reason) {
    orphan();
    List<Proposal> all = List.copyOf(orphans);
    orphans.clear();
    all.forEach(proposal -> proposal.lost(reason));
  }

  /// Gives those orphans up that are still undecided.
  void abandon(Collection<Proposal> those, String reason) {
    for (Proposal proposal : those) {
      if (orphans.remove(proposal)) {
        proposal.lost(reason);
      }
    }
  }

  /// Answers those who have waited for too long for what is not decided.
  void expire(long now) {
    String reason = "it was not decided in time";
    newest.inSlotOrder().forEach(proposal -> proposal.expire(now, reason));
    orphans.forEach(proposal -> proposal.expire(now, reason));
  }

  /// Whether somebody waits for what another leader decides.
  boolean hasAwaitedOrphans() {
    return !orphans.isEmpty() && orphans.stream().anyMatch(Proposal::isAwaited);
  }

  List<Proposal> orphans() {
    return List.copyOf(orphans);
  }

  /// @throws IOException when the store takes no writes; to be tried again
  void apply() throws IOException {
    while (!chosen.isEmpty()) {
      List<Entry> entries = new ArrayList<>(Math.min(chosen.size(), BATCH_ENTRIES_MAX));
      chosen.stream().limit(BATCH_ENTRIES_MAX).forEach(entries::add);
      write(entries);
      for (Entry entry : entries) {
        chosen.remove();
        end(entry);
      }
      voided.clear();
    }
  }

  private void write(List<Entry> entries) throws IOException {
    requirePart();
    ReplicaState next = state;
    voided.clear();
    noticed.clear();
    try (Batch batch = store.batch()) {
      for (Entry entry : entries) {
        next = add(entry, next, batch);
      }
      batch.put(stateKey, next.encode());
      store.write(batch);
    }
    state = next;
    noticed.forEach(this::follow);
    noticed.clear();
  }

  private ReplicaState add(Entry entry, ReplicaState before, Batch batch) {
    long slot = entry.slot();
    requireNext(entry, before.appliedSlot());
    return switch (entry.value()) {
      case Value.Noop _ -> before.afterBarrier(slot);
      case Value.Reconfigure(var next) -> before.after(slot, next);
      case Value.Command(var bytes) -> {
        Command command = command(slot, bytes);
        if (!before.takes(command)) {
          voided.add(slot);
          yield before.after(slot);
        }
        command.applyTo(batch, group, slot);
        if (isNoticed(command)) {
          noticed.add(new Noticed(slot, command));
        }
        yield before.after(slot, command);
      }
    };
  }

  /// The proposer has its command decoded already: the very array that it proposed is chosen.
  @SuppressWarnings("ReferenceEquality")
  private Command command(long slot, byte[] bytes) {
    for (Proposal proposal : newest.inSlotOrder()) {
      if (proposal.slot >= slot) {
        return proposal.slot == slot && proposal.bytes == bytes
            ? proposal.command
            : Command.decode(ByteBuffer.wrap(bytes));
      }
    }
    return Command.decode(ByteBuffer.wrap(bytes));
  }

  private void end(Entry entry) {
    Proposal oldest = newest.oldest();
    while (oldest != null && oldest.slot <= entry.slot()) {
      newest.removeOldest();
      end(oldest, entry);
      oldest = newest.oldest();
    }
    while (!orphans.isEmpty() && orphans.getFirst().slot <= entry.slot()) {
      end(orphans.removeFirst(), entry);
    }
  }

  private void end(Proposal proposal, Entry entry) {
    if (voided.contains(entry.slot())) {
      proposal.displaced();
    } else if (proposal.slot < entry.slot()) {
      proposal.lost("its slot was decided unseen");
    } else if (entry.value() instanceof Value.Command(var bytes)
        && Arrays.equals(bytes, proposal.bytes)) {
      proposal.applied();
    } else {
      proposal.displaced();
    }
  }

  /// Puts another state in place of the present one, together with what the batch holds.
  void replace(ReplicaState next, @Nullable Batch with) throws IOException {
    requirePart();
    if (!next.mayFollow(state)) {
      throw new AssertionError("the state goes back from " + state + " to " + next);
    }
    if (with == null) {
      try (Batch batch = store.batch()) {
        batch.put(stateKey, next.encode());
        store.write(batch);
      }
    } else {
      with.put(stateKey, next.encode());
      store.write(with);
    }
    state = next;
  }
}
