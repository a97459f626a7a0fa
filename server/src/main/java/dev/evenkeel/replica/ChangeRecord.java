package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One change of an item, kept in the partition where an index or a stream follows it. Format: see
/// the package.
///
/// @param position in the partition's log
/// @param commitMicros commit time of the entry, µs since 1970
/// @param before the item before, or null where there was none
/// @param after the item after, or null for a deletion
/// @param byService whether the service itself made it: the item had expired
public record ChangeRecord(
    ChangePosition position,
    long commitMicros,
    @Nullable BinaryItem before,
    @Nullable BinaryItem after,
    boolean byService) {
  private static final byte VERSION = 0x01;
  private static final int BEFORE = 0x01;
  private static final int AFTER = 0x02;
  private static final int BY_SERVICE = 0x04;
  private static final int HEADER_BYTES = 2 + Long.BYTES;

  /// @param before bytes of an item, or null
  /// @param after bytes of an item, or null
  static byte[] encode(
      long commitMicros, byte @Nullable [] before, byte @Nullable [] after, boolean byService) {
    int flags =
        (before == null ? 0 : BEFORE) | (after == null ? 0 : AFTER) | (byService ? BY_SERVICE : 0);
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + bytes(before) + bytes(after));
    out.put(VERSION).put((byte) flags).putLong(commitMicros);
    put(before, out);
    put(after, out);
    return out.array();
  }

  /// @throws IllegalStateException when the version is unknown
  static ChangeRecord decode(ChangePosition position, byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("unknown change record format version " + version);
    }
    int flags = in.get();
    long commitMicros = in.getLong();
    BinaryItem before = (flags & BEFORE) == 0 ? null : item(in);
    BinaryItem after = (flags & AFTER) == 0 ? null : item(in);
    return new ChangeRecord(position, commitMicros, before, after, (flags & BY_SERVICE) != 0);
  }

  /// The commit time of an encoded record.
  static long commitMicros(byte[] value) {
    return ByteBuffer.wrap(value).getLong(2);
  }

  /// As it is stored.
  byte[] encode() {
    return encode(
        commitMicros,
        before == null ? null : before.bytes(),
        after == null ? null : after.bytes(),
        byService);
  }

  private static int bytes(byte @Nullable [] item) {
    return item == null ? 0 : Integer.BYTES + item.length;
  }

  private static void put(byte @Nullable [] item, ByteBuffer out) {
    if (item != null) {
      out.putInt(item.length).put(item);
    }
  }

  private static BinaryItem item(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return BinaryItem.wrap(bytes);
  }
}
