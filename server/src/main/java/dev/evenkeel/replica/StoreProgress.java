package dev.evenkeel.replica;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Participant;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// How far the store of a replica has come against its log: what a checkpoint saves, and what the
/// log may forget behind it.
final class StoreProgress {
  private final StorageReplica replica;
  private final NodeParts node;
  private final AcceptorLog records;

  /// Whether anything was appended since the last checkpoint. Any thread.
  private volatile boolean unsaved = true;

  /// The store holds everything up to here durably, as far as this life knows. Any thread.
  private volatile long durableSlot = -1;

  StoreProgress(StorageReplica replica, NodeParts node, AcceptorLog records) {
    this.replica = replica;
    this.node = node;
    this.records = records;
  }

  /// What a checkpoint may count on once the store is flushed.
  ///
  /// @param slot the log need not be kept up to here; negative when nothing could be saved
  /// @param serves whether the store holds all up to that slot
  /// @param whole whether the store holds all that the log says of this replica
  /// @param base where the log began by then: should it begin elsewhere once the store is flushed,
  ///   what was flushed is void
  record Saved(long slot, boolean serves, boolean whole, long base) {
    private static final Saved NOTHING = new Saved(-1, false, false, 0);
  }

  void appended() {
    unsaved = true;
  }

  boolean isUnsaved() {
    return unsaved;
  }

  /// Whether it holds the state and has a log replica's place. Any thread.
  boolean awaitsPlace() {
    return replica.state().isServing() && hasPlaceOfLog();
  }

  /// Whether the leader waits for this replica's store to be durable, to give it its place. Any
  /// thread.
  boolean awaitsFlush() {
    return awaitsPlace() && durableSlot < replica.state().appliedSlot();
  }

  private boolean hasPlaceOfLog() {
    Configuration configuration = replica.configuration();
    return configuration.contains(node.self()) && !configuration.isStorage(node.self());
  }

  /// Writes to the store what it does not have yet of this replica's own knowledge, so that its
  /// records need not be kept in the log.
  CompletableFuture<Saved> save() {
    CompletableFuture<Saved> saved = new CompletableFuture<>();
    replica
        .serial()
        .execute(() -> {
          ReplicaState state = replica.state();
          try {
            unsaved = false;
            saved.complete(state.isServing() ? saveServing(state) : saveLogOnly(state));
          } catch (IOException e) {
            unsaved = true;
            saved.complete(Saved.NOTHING);
          }
        });
    return saved;
  }

  private Saved saveServing(ReplicaState state) throws IOException {
    Participant participant = replica.participant();
    if (!state.promised().equals(participant.ballot())) {
      replica.applier().replace(state.withPromise(participant.ballot()), null);
    }
    boolean whole = participant.open() == 0 && replica.delivered() == state.appliedSlot();
    long base = state.membership().base();
    return new Saved(state.appliedSlot(), true, whole && records.isClear(), base);
  }

  /// The log is all that this replica has: it goes when every storage replica has it.
  private Saved saveLogOnly(ReplicaState state) throws IOException {
    Participant participant = replica.participant();
    long base = state.membership().base();
    long slot = Math.min(participant.storedEverywhere(), replica.delivered());
    if (state.cursor().length > 0) {
      slot = Math.min(slot, state.appliedSlot());
    }
    ReplicaState next = state.withPromise(participant.ballot());
    if (slot > base && participant.configurationSlot() <= slot) {
      next = next.withBase(slot, participant.configurationSlot(), participant.configuration());
    } else {
      slot = base;
    }
    replica.applier().replace(next, null);
    return new Saved(slot, false, false, base);
  }

  /// The store is flushed. The log keeps what another storage replica may still lack, unless it has
  /// grown too long for that: whoever lags then needs a snapshot.
  ///
  /// @param oldSegments all before this one may go, where the store has everything
  /// @param mustShrink whether the log is too long
  void flushed(Saved saved, long oldSegments, boolean mustShrink) {
    if (saved.slot < 0) {
      return;
    }
    if (saved.serves) {
      durableSlot = saved.slot;
    }
    replica.step(now -> {
      Participant participant = replica.participant();
      if (saved.serves && saved.base == replica.state().membership().base()) {
        participant.stored(saved.slot, now);
      }
      boolean all = !saved.serves || mustShrink;
      long slot = all ? saved.slot : Math.min(saved.slot, participant.storedEverywhere());
      participant.truncate(slot);
      replica.log().release(slot);
      if (saved.whole && slot == saved.slot) {
        replica.log().releaseBefore(oldSegments);
      }
    });
  }
}
