package dev.evenkeel.replica;

import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What is stored of a transaction that is not finished: a lock on one item, with what becomes of
/// the item if the transaction happens, or the mark of one that has happened. Format: see the
/// package.
///
/// @param sinceMicros commit time of the entry that left it, µs since 1970
/// @param write the change, without condition, to the after-image; null for a mark
record LockRecord(Transaction transaction, long sinceMicros, @Nullable ItemWrite write) {
  private static final int VERSION = 0x01;
  private static final int BYTES_TYPICAL = 256;

  byte[] encode() {
    WireWriter out = new WireWriter(BYTES_TYPICAL).int8(VERSION);
    TransactionCodec.write(transaction, out);
    out.int64(sinceMicros).bool(write != null);
    if (write != null) {
      RequestCodec.write(write, out);
    }
    return out.finish();
  }

  /// Reads what is under a checksum in the store.
  static LockRecord decode(byte[] stored) {
    try {
      WireReader in = new WireReader(stored);
      int version = in.int8();
      if (version != VERSION) {
        throw in.malformed("unknown lock format version " + version);
      }
      Transaction transaction = TransactionCodec.transaction(in);
      long since = in.int64();
      ItemWrite write = in.bool() ? RequestCodec.itemWrite(in) : null;
      in.end();
      return new LockRecord(transaction, since, write);
    } catch (IOException e) {
      throw new IllegalStateException("a lock cannot be read", e);
    }
  }
}
