package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The change records of a partition, in the order of its log. Reading blocks on the disk.
public final class ChangeRecords {
  private ChangeRecords() {}

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

  private static ChangePosition position(byte[] key) {
    ByteBuffer end = ByteBuffer.wrap(key, key.length - Long.BYTES - Integer.BYTES, 12);
    return new ChangePosition(end.getLong(), end.getInt());
  }
}
