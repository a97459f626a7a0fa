package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Recovered;
import dev.evenkeel.paxos.Value;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.wal.LogReplay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds out what the log and the store hold of each group, and brings the store up to what the log
/// says is chosen.
final class Recovery implements LogReplay {
  private final ItemStore store;
  private final NavigableMap<Long, Group> groups = new TreeMap<>();

  /// One group, as far as the log has been read.
  private static final class Group {
    private @Nullable ReplicaState state;
    private Ballot promised = Ballot.NONE;

    /// Every slot up to this is known as chosen.
    private long chosen;

    /// What the log's own records know as chosen: its entries up to there are the chosen ones.
    private long proven;

    /// Where the oldest entry in the log lies; 0 while none was seen.
    private long oldest;

    /// Above what is applied; for a replica without state, above what is chosen.
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
  }

  private Recovery(ItemStore store) {
    this.store = store;
  }

  static Recovery of(ItemStore store) throws IOException {
    Recovery recovery = new Recovery(store);
    StoredKeys.Range states = StoredKeys.all(0, StoredKeys.Kind.REPLICA_STATE);
    try (Cursor cursor = store.scan(states.from(), states.to(), false)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        long number = ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
        Group group = new Group();
        ReplicaState state = ReplicaState.decode(cursor.value());
        group.state = state;
        group.promised = state.promised();
        group.chosen = start(state);
        recovery.groups.put(number, group);
      }
    }
    return recovery;
  }

  /// Where the protocol's knowledge begins: what the store has applied, or where the log begins.
  private static long start(ReplicaState state) {
    return state.isServing() ? state.appliedSlot() : state.membership().base();
  }

  @Override
  public void record(long number, byte kind, long ballot, long slot, ByteBuffer payload)
      throws IOException {
    Group group = groups.computeIfAbsent(number, _ -> new Group());
    switch (LogRecords.decode(payload)) {
      case AcceptorRecord.Promised(var promised) -> promise(group, promised);
      case AcceptorRecord.Based(var base, var configuration) -> base(group, base, configuration);
      case AcceptorRecord.Accepted(var entry, var chosen) -> accept(number, group, entry, chosen);
    }
  }

  private static void promise(Group group, Ballot ballot) {
    if (ballot.compareTo(group.promised) > 0) {
      group.promised = ballot;
    }
  }

  /// A base below what the store has applied is older than the store.
  private static void base(Group group, long slot, Configuration configuration) {
    ReplicaState state = group.state;
    if (state == null) {
      // The store never heard of this replica: it began with this record.
      group.state =
          slot == 0
              ? ReplicaState.first(configuration)
              : ReplicaState.based(slot, configuration, group.promised);
    } else if (state.isServing() ? slot > state.appliedSlot() : slot > start(state)) {
      group.state = ReplicaState.based(slot, configuration, group.promised);
    } else {
      return;
    }
    group.chosen = Math.max(slot, start(group.state));
    group.entries.headMap(group.chosen, true).clear();
  }

  private void accept(long number, Group group, Entry entry, long chosen) throws IOException {
    promise(group, entry.ballot());
    if (group.oldest == 0) {
      group.oldest = entry.slot();
    }
    group.proven = Math.max(group.proven, chosen);
    ReplicaState state = group.state;
    if (state == null) {
      throw new IOException("the log has entries of group " + number + " and no beginning of it");
    }
    if (entry.slot() > group.chosen) {
      group.entries.put(entry.slot(), entry);
    }
    if (chosen > group.chosen) {
      choose(number, group, state, chosen);
    }
  }

  /// Entries up to that slot are chosen: they are applied, or, where there is no state, passed.
  private void choose(long number, Group group, ReplicaState state, long upTo) throws IOException {
    NavigableMap<Long, Entry> chosen = group.entries.headMap(upTo, true);
    if (!chosen.isEmpty()) {
      group.state = state.isServing() ? apply(number, state, chosen) : pass(state, chosen);
    }
    chosen.clear();
    group.chosen = upTo;
  }

  private ReplicaState apply(long number, ReplicaState before, NavigableMap<Long, Entry> chosen)
      throws IOException {
    ReplicaState state = before;
    try (Batch batch = store.batch()) {
      for (Entry entry : chosen.values()) {
        if (entry.slot() != state.appliedSlot() + 1) {
          throw new IOException(
              "group " + number + " misses slots up to " + (entry.slot() - 1) + " in the log");
        }
        state =
            switch (entry.value()) {
              case Value.Noop _ -> state.afterBarrier(entry.slot());
              case Value.Reconfigure(var next) -> state.after(entry.slot(), next);
              case Value.Command(var bytes) -> {
                Command command = Command.decode(ByteBuffer.wrap(bytes));
                if (!state.takes(command)) {
                  yield state.after(entry.slot());
                }
                command.applyTo(batch, number, entry.slot());
                yield state.after(entry.slot(), command);
              }
            };
      }
      batch.put(StoredKeys.replicaState(number), state.encode());
      store.write(batch);
    }
    return state;
  }

  private static ReplicaState pass(ReplicaState before, NavigableMap<Long, Entry> chosen) {
    ReplicaState state = before;
    for (Entry entry : chosen.values()) {
      if (entry.value() instanceof Value.Reconfigure(var next)) {
        state = state.withBase(state.membership().base(), entry.slot(), next);
      }
    }
    return state;
  }

  /// What one replica starts with.
  record Found(long group, ReplicaState state, Recovered recovered) {}

  /// @param self identity of this node
  List<Found> found(long self) throws IOException {
    List<Found> all = new ArrayList<>();
    for (Map.Entry<Long, Group> each : groups.entrySet()) {
      Group group = each.getValue();
      ReplicaState state = group.state;
      if (state != null && state.phase() != ReplicaState.Phase.REMOVED) {
        state = chooseAlone(each.getKey(), group, state, self);
        all.add(new Found(each.getKey(), state, recovered(group, state)));
      }
    }
    return all;
  }

  /// What the only member of a group has accepted is chosen.
  private ReplicaState chooseAlone(long number, Group group, ReplicaState before, long self)
      throws IOException {
    ReplicaState state = before;
    while (!group.entries.isEmpty() && isAlone(state, self)) {
      choose(number, group, state, group.entries.firstKey());
      state = group.state == null ? state : group.state;
    }
    return state;
  }

  private static boolean isAlone(ReplicaState state, long self) {
    Configuration configuration = state.membership().configuration();
    return configuration.members().size() == 1 && configuration.isStorage(self);
  }

  /// Where the store knows more than the log proves, the log's entries up to there need not be the
  /// chosen ones, and are passed on to nobody.
  private static Recovered recovered(Group group, ReplicaState state) {
    long start = Math.max(start(state), group.chosen);
    boolean reachesBack = group.oldest != 0 && group.proven >= start;
    return new Recovered(
        group.promised,
        start,
        Math.min(state.membership().slot(), start),
        state.membership().configuration(),
        start,
        List.copyOf(group.entries.tailMap(start, false).values()),
        reachesBack ? Math.min(group.oldest - 1, start) : start,
        !state.isServing());
  }
}
