package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.paxos.Lease;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The change records of a partition, in the order of its log. Reading blocks on the disk.
public final class ChangeRecords {
  private ChangeRecords() {}

  /// Reads what another node, or a role of this one, asks for. Blocks on the disk.
  public static ChangesOutcome read(StorageReplica replica, Request.ReadChanges request) {
    Lease lease = request.consistent() ? replica.lease() : null;
    if (request.consistent() ? lease == null : !replica.state().isServing()) {
      return new ChangesOutcome.NotLeader(replica.hint());
    }
    try {
      // In this order: a later slot does no harm, and what was forgotten meanwhile is told.
      long applied = replica.state().appliedSlot();
      List<ChangeRecord> records =
          replica.changes(request.after(), request.recordsMax(), request.bytesMax());
      ItemStore store = replica.store();
      ChangePosition forgotten = forgotten(store, replica.group());
      List<StreamSpan> streams = StreamSpan.all(replica.group(), store);
      return replica.holds(lease)
          ? new ChangesOutcome.Read(new ChangesPage(records, applied, forgotten, streams))
          : new ChangesOutcome.NotLeader(replica.hint());
    } catch (IOException e) {
      return new ChangesOutcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  /// The position up to which the partition let its records go.
  static ChangePosition forgotten(ItemStore store, long group) throws IOException {
    byte[] stored = store.get(StoredKeys.forgotten(group));
    return stored == null ? ChangePosition.START : position(stored);
  }

  static byte[] encode(ChangePosition position) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
        .putLong(position.slot())
        .putInt(position.number())
        .array();
  }

  /// Position of the newest applied record; the start where there is none. Blocks on the disk.
  public static ChangePosition newest(StorageReplica replica) throws IOException {
    StoredKeys.Range all = StoredKeys.all(replica.group(), StoredKeys.Kind.CHANGE_RECORD);
    try (Cursor cursor = replica.store().scan(all.from(), all.to(), true)) {
      return cursor.next() ? position(cursor.key()) : ChangePosition.START;
    }
  }

  /// The streams that the partition knows. Blocks on the disk.
  public static List<StreamSpan> streams(StorageReplica replica) throws IOException {
    return StreamSpan.all(replica.group(), replica.store());
  }

  /// How far the records behind a position were committed up to a time, µs since 1970: the newest
  /// of them among the next `recordsMax`, or the position itself. Blocks on the disk.
  public static ChangePosition newestUntil(
      StorageReplica replica, ChangePosition position, long micros, int recordsMax)
      throws IOException {
    byte[] from = StoredKeys.successor(key(replica.group(), position));
    byte[] to = StoredKeys.all(replica.group(), StoredKeys.Kind.CHANGE_RECORD).to();
    ChangePosition newest = position;
    try (Cursor cursor = replica.store().scan(from, to, false)) {
      for (int left = recordsMax; left > 0 && cursor.next(); left--) {
        if (ChangeRecord.commitMicros(cursor.value()) > micros) {
          break;
        }
        newest = position(cursor.key());
      }
    }
    return newest;
  }

  /// The applied records behind a position: the oldest first, at least one if there is one.
  ///
  /// @param bytesMax not exceeded but by the first record
  static List<ChangeRecord> after(
      ItemStore store, long group, ChangePosition position, int recordsMax, long bytesMax)
      throws IOException {
    List<ChangeRecord> records = new ArrayList<>();
    StoredKeys.Range all = StoredKeys.all(group, StoredKeys.Kind.CHANGE_RECORD);
    byte[] from = StoredKeys.successor(key(group, position));
    long bytes = 0;
    try (Cursor cursor = store.scan(from, all.to(), false)) {
      while (records.size() < recordsMax && cursor.next()) {
        byte[] value = cursor.value();
        bytes += value.length;
        if (bytes > bytesMax && !records.isEmpty()) {
          break;
        }
        records.add(ChangeRecord.decode(position(cursor.key()), value));
      }
    }
    return records;
  }

  static byte[] key(long group, ChangePosition position) {
    return StoredKeys.changeRecord(group, position.slot(), position.number());
  }

  /// All up to a position, this one included.
  static StoredKeys.Range upTo(long group, ChangePosition position) {
    byte[] from = StoredKeys.all(group, StoredKeys.Kind.CHANGE_RECORD).from();
    return new StoredKeys.Range(from, StoredKeys.successor(key(group, position)));
  }

  /// What the last bytes of a record's key, or of a stored position, say.
  static ChangePosition position(byte[] key) {
    ByteBuffer end = ByteBuffer.wrap(key);
    end.position(key.length - Long.BYTES - Integer.BYTES);
    return new ChangePosition(end.getLong(), end.getInt());
  }
}
