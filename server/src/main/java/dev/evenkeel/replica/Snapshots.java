package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Pieces of a partition's state, for replicas that are being rebuilt.
///
/// ```
/// pairs = (key length (4) ‖ key ‖ value length (4) ‖ value)*
/// ```
final class Snapshots {
  private Snapshots() {}

  /// Reads the piece that begins with that key. Blocks on the disk.
  static NodeMessage.Piece read(ItemStore store, StorageReplica replica, byte[] from, int bytesMax)
      throws IOException {
    // The slot is read before the items are: they are of that slot or a later one.
    ReplicaState state = replica.state();
    if (!state.isServing()) {
      return problem("this replica is being rebuilt itself");
    }
    StoredKeys.Range all = StoredKeys.everything(replica.group());
    byte[] start = from.length == 0 ? all.from() : from;
    ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    byte[] next = new byte[0];
    try (Cursor cursor = store.scan(start, all.to(), false)) {
      while (next.length == 0 && cursor.next()) {
        if (pairs.size() >= bytesMax) {
          next = cursor.key();
        } else {
          put(cursor.key(), pairs);
          put(cursor.value(), pairs);
        }
      }
    }
    ByteBuffer totals = ByteBuffer.allocate(state.totals().encodedBytes() + 2 * Long.BYTES);
    state.totals().encode(totals);
    totals.putLong(state.order().barrier()).putLong(state.order().clockMicros());
    byte[] bytes = pairs.toByteArray();
    return new NodeMessage.Piece(
        "", state.appliedSlot(), totals.array(), bytes, next, checksum(bytes));
  }

  static NodeMessage.Piece problem(String text) {
    byte[] none = new byte[0];
    return new NodeMessage.Piece(text, 0, none, none, none, 0);
  }

  static void unpack(byte[] pairs, Batch batch) {
    ByteBuffer in = ByteBuffer.wrap(pairs);
    while (in.hasRemaining()) {
      batch.put(part(in), part(in));
    }
  }

  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static void put(byte[] part, ByteArrayOutputStream out) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    out.writeBytes(part);
  }

  private static byte[] part(ByteBuffer in) {
    byte[] part = new byte[in.getInt()];
    in.get(part);
    return part;
  }
}
