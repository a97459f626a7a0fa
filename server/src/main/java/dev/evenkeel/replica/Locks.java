package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.codec.StoredKeys.Kind;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What transactions have left in a partition and not finished, in memory: locks, marks, and the
/// epoch. Follows the partition's commands; the store holds the same. Serial executor only.
final class Locks {
  /// By the lock's stored key.
  private final Map<Bytes, Transaction> locks = new HashMap<>(0);

  /// What each transaction has locked.
  private final Map<TransactionId, Held> held = new TreeMap<>();

  private final Map<TransactionId, Unsettled> marks = new TreeMap<>();

  /// See [Mark].
  private long epoch;

  /// The locks of one transaction, in the order in which they were made.
  private record Held(Unsettled since, Set<Bytes> keys) {}

  /// What the store holds of a partition.
  static Locks load(ItemStore store, long group) throws IOException {
    Locks locks = new Locks();
    for (Kind kind : List.of(Kind.LOCK, Kind.TRANSACTION_MARK, Kind.TRANSACTION_EPOCH)) {
      StoredKeys.Range all = StoredKeys.all(group, kind);
      try (Cursor cursor = store.scan(all.from(), all.to(), false)) {
        while (cursor.next()) {
          locks.put(cursor.key(), cursor.value());
        }
      }
    }
    return locks;
  }

  Locks copy() {
    Locks copy = new Locks();
    copy.locks.putAll(locks);
    held.forEach(
        (id, each) -> copy.held.put(id, new Held(each.since, new LinkedHashSet<>(each.keys))));
    copy.marks.putAll(marks);
    copy.epoch = epoch;
    return copy;
  }

  /// Whether there is nothing to follow in the command.
  static boolean isUntouchedBy(Command.Mutation mutation) {
    return switch (mutation) {
      case Command.Mutation.Put(var key, _) -> !isOurs(key);
      case Command.Mutation.Delete(var key) -> !isOurs(key);
      case Command.Mutation.DeleteRange _ -> false;
      case Command.Mutation.Note _, Command.Mutation.Stamp _ -> true;
    };
  }

  private static boolean isOurs(byte[] key) {
    return StoredKeys.isOf(Kind.LOCK, key)
        || StoredKeys.isOf(Kind.TRANSACTION_MARK, key)
        || StoredKeys.isOf(Kind.TRANSACTION_EPOCH, key);
  }

  void follow(List<Command.Mutation> mutations) {
    for (Command.Mutation mutation : mutations) {
      switch (mutation) {
        case Command.Mutation.Put(var key, var value) -> put(key, value);
        case Command.Mutation.Delete(var key) -> remove(key);
        case Command.Mutation.DeleteRange(var from, var to) -> removeAll(from, to);
        case Command.Mutation.Note _, Command.Mutation.Stamp _ -> {}
      }
    }
  }

  private void put(byte[] key, byte[] value) {
    if (StoredKeys.isOf(Kind.LOCK, key)) {
      LockRecord lock = LockRecord.decode(value);
      Bytes bytes = new Bytes(key);
      locks.put(bytes, lock.transaction());
      held.computeIfAbsent(
              lock.transaction().id(),
              _ -> new Held(unsettled(lock, Unsettled.Kind.LOCKS), new LinkedHashSet<>()))
          .keys
          .add(bytes);
    } else if (StoredKeys.isOf(Kind.TRANSACTION_MARK, key)) {
      LockRecord mark = LockRecord.decode(value);
      marks.put(mark.transaction().id(), unsettled(mark, Unsettled.Kind.MARK));
    } else if (StoredKeys.isOf(Kind.TRANSACTION_EPOCH, key)) {
      epoch = ByteBuffer.wrap(value).getLong();
    }
  }

  private static Unsettled unsettled(LockRecord record, Unsettled.Kind kind) {
    return new Unsettled(record.transaction(), record.sinceMicros(), kind);
  }

  private void remove(byte[] key) {
    if (StoredKeys.isOf(Kind.LOCK, key)) {
      Bytes bytes = new Bytes(key);
      Transaction owner = locks.remove(bytes);
      Held all = owner == null ? null : held.get(owner.id());
      if (owner != null && all != null) {
        all.keys.remove(bytes);
        if (all.keys.isEmpty()) {
          held.remove(owner.id());
        }
      }
    } else if (StoredKeys.isOf(Kind.TRANSACTION_MARK, key)) {
      marks.remove(TransactionId.read(ByteBuffer.wrap(key, Long.BYTES + 1, TransactionId.BYTES)));
    }
  }

  /// Ranges are deleted of other kinds, or of all that the partition holds.
  private void removeAll(byte[] from, byte[] to) {
    byte[] first = StoredKeys.transactionEpoch(ByteBuffer.wrap(from).getLong());
    if (Arrays.compareUnsigned(from, first) <= 0 && Arrays.compareUnsigned(first, to) < 0) {
      locks.clear();
      held.clear();
      marks.clear();
      epoch = 0;
    }
  }

  boolean isEmpty() {
    return locks.isEmpty() && marks.isEmpty();
  }

  /// Whether a transaction is ongoing for the item with that stored key.
  boolean isLocked(byte[] item) {
    return !locks.isEmpty() && locks.containsKey(new Bytes(StoredKeys.lock(item)));
  }

  /// The stored keys of the locks of a transaction.
  Collection<byte[]> of(TransactionId transaction) {
    Held all = held.get(transaction);
    return all == null ? List.of() : all.keys.stream().map(Bytes::array).toList();
  }

  boolean isMarked(TransactionId transaction) {
    return marks.containsKey(transaction);
  }

  long epoch() {
    return epoch;
  }

  /// All that is at least that old.
  List<Unsettled> before(long micros) {
    List<Unsettled> old = new ArrayList<>();
    for (Held each : held.values()) {
      if (each.since.sinceMicros() <= micros) {
        old.add(each.since);
      }
    }
    for (Unsettled mark : marks.values()) {
      if (mark.sinceMicros() <= micros) {
        old.add(mark);
      }
    }
    return old;
  }
}
