package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.storage.Batch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The payload of one slot: mutations of the ordered store. Format: see the package.
///
/// @param commitMicros commit time, µs since 1970: the leader's wall time, and greater than that of
///   every command below it
/// @param barrier slot of the entry with which its leader began: it was evaluated on what lay
///   between that and itself, so it is void where another leader has begun in between
/// @param growth change of the group's totals
record Command(long commitMicros, long barrier, Growth growth, List<Mutation> mutations) {
  private static final byte VERSION = 0x03;
  private static final byte PUT = 0x01;
  private static final byte DELETE = 0x02;
  private static final byte DELETE_RANGE = 0x03;
  private static final byte NOTE = 0x04;
  private static final byte STAMP = 0x05;
  private static final int HEADER_BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;

  /// One change of the ordered store.
  sealed interface Mutation {
    @SuppressWarnings("ArrayRecordComponent")
    record Put(byte[] key, byte[] value) implements Mutation {}

    @SuppressWarnings("ArrayRecordComponent")
    record Delete(byte[] key) implements Mutation {}

    @SuppressWarnings("ArrayRecordComponent")
    record DeleteRange(byte[] from, byte[] to) implements Mutation {}

    /// Keeps a record of the change of an item that another mutation of this command makes.
    ///
    /// @param change place of that mutation, a put or a delete of the item
    /// @param before bytes of the item before, or null
    /// @param byService see [ChangeRecord]
    @SuppressWarnings("ArrayRecordComponent")
    record Note(int change, byte @Nullable [] before, boolean byService) implements Mutation {}

    /// Puts the value behind the slot (8) and the commit time (8) of this command.
    @SuppressWarnings("ArrayRecordComponent")
    record Stamp(byte[] key, byte[] value) implements Mutation {}
  }

  /// @param slot for which the command was chosen
  void applyTo(Batch batch, long group, long slot) {
    int records = 0;
    for (Mutation mutation : mutations) {
      switch (mutation) {
        case Mutation.Note(int change, var before, boolean byService) ->
            batch.put(
                StoredKeys.changeRecord(group, slot, records++),
                ChangeRecord.encode(commitMicros, before, after(change), byService));
        case Mutation.Stamp(var key, var value) -> batch.put(key, stamped(slot, value));
        case Mutation.Put(var key, var value) -> batch.put(key, value);
        case Mutation.Delete(var key) -> batch.delete(key);
        case Mutation.DeleteRange(var from, var to) -> batch.deleteRange(from, to);
      }
    }
  }

  private byte[] stamped(long slot, byte[] value) {
    return ByteBuffer.allocate(2 * Long.BYTES + value.length)
        .putLong(slot)
        .putLong(commitMicros)
        .put(value)
        .array();
  }

  private byte @Nullable [] after(int change) {
    return switch (mutations.get(change)) {
      case Mutation.Put(_, var value) -> value;
      case Mutation.Delete _ -> null;
      default -> throw new IllegalStateException("a record of what is no change of an item");
    };
  }

  byte[] encode() {
    int length = HEADER_BYTES + growth.encodedBytes();
    for (Mutation mutation : mutations) {
      length += bytes(mutation);
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(VERSION).putLong(commitMicros).putLong(barrier);
    growth.encode(out);
    out.putInt(mutations.size());
    for (Mutation mutation : mutations) {
      switch (mutation) {
        case Mutation.Put(var key, var value) -> part(part(out.put(PUT), key), value);
        case Mutation.Stamp(var key, var value) -> part(part(out.put(STAMP), key), value);
        case Mutation.Delete(var key) -> part(out.put(DELETE), key);
        case Mutation.DeleteRange(var from, var to) -> part(part(out.put(DELETE_RANGE), from), to);
        case Mutation.Note(int change, var before, boolean byService) -> {
          out.put(NOTE).putInt(change).put((byte) (byService ? 1 : 0));
          out.put((byte) (before == null ? 0 : 1));
          if (before != null) {
            part(out, before);
          }
        }
      }
    }
    return out.array();
  }

  /// @throws IllegalStateException when the version or a mutation is unknown
  static Command decode(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("unknown entry format version " + version);
    }
    long commitMicros = in.getLong();
    long barrier = in.getLong();
    Growth growth = Growth.decode(in);
    int count = in.getInt();
    List<Mutation> mutations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte kind = in.get();
      mutations.add(
          switch (kind) {
            case PUT -> new Mutation.Put(part(in), part(in));
            case DELETE -> new Mutation.Delete(part(in));
            case DELETE_RANGE -> new Mutation.DeleteRange(part(in), part(in));
            case NOTE -> note(in);
            case STAMP -> new Mutation.Stamp(part(in), part(in));
            default -> throw new IllegalStateException("unknown mutation " + kind);
          });
    }
    return new Command(commitMicros, barrier, growth, mutations);
  }

  private static Mutation.Note note(ByteBuffer in) {
    int change = in.getInt();
    boolean byService = in.get() != 0;
    return new Mutation.Note(change, in.get() == 0 ? null : part(in), byService);
  }

  private static int bytes(Mutation mutation) {
    return switch (mutation) {
      case Mutation.Put(var key, var value) -> 1 + 2 * Integer.BYTES + key.length + value.length;
      case Mutation.Stamp(var key, var value) -> 1 + 2 * Integer.BYTES + key.length + value.length;
      case Mutation.Delete(var key) -> 1 + Integer.BYTES + key.length;
      case Mutation.DeleteRange(var from, var to) ->
          1 + 2 * Integer.BYTES + from.length + to.length;
      case Mutation.Note(_, var before, _) ->
          3 + Integer.BYTES + (before == null ? 0 : Integer.BYTES + before.length);
    };
  }

  private static ByteBuffer part(ByteBuffer out, byte[] bytes) {
    return out.putInt(bytes.length).put(bytes);
  }

  private static byte[] part(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
