package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.wal.LogReplay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Applies what the log holds and the store does not have yet.
final class Recovery implements LogReplay {
  /// Entries that go into one batch of the store.
  private static final int BATCH_ENTRIES_MAX = 256;

  private final ItemStore store;
  private final Map<Long, ReplicaState> states = new TreeMap<>();
  private Batch batch;
  private int entries;

  Recovery(ItemStore store) {
    this.store = store;
    this.batch = store.batch();
  }

  @Override
  public void record(long group, byte kind, long ballot, long slot, ByteBuffer payload)
      throws IOException {
    if (kind != StorageReplica.ENTRY) {
      throw new IOException("log record of unknown kind " + kind + " in group " + group);
    }
    ReplicaState state = states.get(group);
    if (state == null) {
      state = StorageNode.stateOf(store, group);
    }
    if (slot > state.appliedSlot()) {
      if (slot != state.appliedSlot() + 1) {
        throw new IOException(
            "group " + group + " misses slots " + (state.appliedSlot() + 1) + " to " + (slot - 1));
      }
      Entry entry = Entry.decode(payload);
      entry.applyTo(batch);
      state = state.after(slot, entry);
      batch.put(StoredKeys.replicaState(group), state.encode());
      entries++;
    }
    states.put(group, state);
    if (entries >= BATCH_ENTRIES_MAX) {
      write();
      batch = store.batch();
    }
  }

  /// The groups of which there were records.
  Set<Long> groups() {
    return states.keySet();
  }

  void finish() throws IOException {
    write();
  }

  private void write() throws IOException {
    try (Batch full = batch) {
      if (entries > 0) {
        store.write(full);
      }
    }
    entries = 0;
  }
}
