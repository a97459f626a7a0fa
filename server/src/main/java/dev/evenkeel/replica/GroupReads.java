package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.Lookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at several items of a partition at one moment, at its leader. Serial executor only.
///
/// What memory cannot tell is read beside the serial executor, which afterwards says whether
/// anything has changed meanwhile.
final class GroupReads {
  /// Times that a look is taken again when an item has changed while it was read.
  private static final int LOOKS_MAX = 4;

  private final StorageReplica replica;
  private final ItemStore store;
  private final Environment environment;

  GroupReads(StorageReplica replica, NodeParts node) {
    this.replica = replica;
    this.store = node.store();
    this.environment = node.environment();
  }

  void answer(Request.Together request, Consumer<TogetherOutcome> done) {
    switch (request) {
      case Request.ReadTogether(_, var keys) -> read(keys, 1, done);
      case Request.StillTogether(_, var keys, long since) -> done.accept(still(keys, since));
    }
  }

  private void read(List<byte[]> keys, int looks, Consumer<TogetherOutcome> done) {
    TogetherOutcome refusal = refusal(keys);
    if (refusal != null) {
      done.accept(refusal);
      return;
    }
    // From here on changes are followed.
    replica.applier().recent();
    long slot = replica.state().appliedSlot();
    List<@Nullable BinaryItem> items = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      switch (store.lookup(key)) {
        case Lookup.Found found -> items.add(BinaryItem.wrap(found.value()));
        case Lookup.Absent _ -> items.add(null);
        case Lookup.OnDisk _ -> {
          environment.tasks().reads().execute(() -> readDisk(keys, slot, looks, done));
          return;
        }
      }
    }
    done.accept(held(new TogetherOutcome.Items(slot, items)));
  }

  private void readDisk(List<byte[]> keys, long slot, int looks, Consumer<TogetherOutcome> done) {
    List<@Nullable BinaryItem> items = new ArrayList<>(keys.size());
    try {
      for (byte[] key : keys) {
        byte[] value = store.get(key);
        items.add(value == null ? null : BinaryItem.wrap(value));
      }
    } catch (IOException e) {
      done.accept(new TogetherOutcome.Failed(String.valueOf(e.getMessage())));
      return;
    }
    replica
        .serial()
        .execute(() -> {
          TogetherOutcome still = still(keys, slot);
          if (still instanceof TogetherOutcome.Items) {
            done.accept(new TogetherOutcome.Items(slot, items));
          } else if (still instanceof TogetherOutcome.Conflict && looks < LOOKS_MAX) {
            read(keys, looks + 1, done);
          } else {
            done.accept(still);
          }
        });
  }

  private TogetherOutcome still(List<byte[]> keys, long since) {
    TogetherOutcome refusal = refusal(keys);
    if (refusal != null) {
      return refusal;
    }
    RecentChanges recent = replica.applier().recent();
    for (int i = 0; i < keys.size(); i++) {
      if (!recent.isUnchangedSince(keys.get(i), since)) {
        return new TogetherOutcome.Conflict(i);
      }
    }
    return held(new TogetherOutcome.Items(since, List.of()));
  }

  private @Nullable TogetherOutcome refusal(List<byte[]> keys) {
    if (replica.lease() == null) {
      return new TogetherOutcome.NotLeader(replica.hint());
    }
    Locks locks = replica.applier().locks();
    for (int i = 0; i < keys.size(); i++) {
      if (locks.isLocked(keys.get(i))) {
        return new TogetherOutcome.Conflict(i);
      }
    }
    return null;
  }

  /// The lease has to hold after the look, too.
  private TogetherOutcome held(TogetherOutcome.Items items) {
    return replica.lease() == null ? new TogetherOutcome.NotLeader(replica.hint()) : items;
  }
}
