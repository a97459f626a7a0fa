package dev.evenkeel.replica;

import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.model.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The wire form of what transactions are made of. Format: see the package.
public final class TransactionCodec {
  private static final int BYTES_TYPICAL = 256;

  private TransactionCodec() {}

  /// What the actions of a transaction are and nothing else: equal bytes ask for the same.
  public static byte[] canonical(List<TransactionAction> actions) {
    WireWriter out = new WireWriter(BYTES_TYPICAL * actions.size()).varint(actions.size());
    actions.forEach(action -> RequestCodec.write(action.write(), out));
    return out.finish();
  }

  static void write(List<TransactionAction> actions, WireWriter out) {
    out.varint(actions.size());
    for (TransactionAction action : actions) {
      RequestCodec.write(action.write(), out.bool(action.returnsItem()));
    }
  }

  static List<TransactionAction> actions(WireReader in) throws IOException {
    List<TransactionAction> actions = new ArrayList<>();
    for (int left = in.count(Limits.TRANSACTION_ACTIONS_MAX); left > 0; left--) {
      boolean returnsItem = in.bool();
      actions.add(new TransactionAction(RequestCodec.itemWrite(in), returnsItem));
    }
    return actions;
  }

  static WireWriter write(Transaction transaction, WireWriter out) {
    return write(transaction.id(), out).text(transaction.ledgerKey());
  }

  static Transaction transaction(WireReader in) throws IOException {
    return new Transaction(id(in), in.text());
  }

  static WireWriter write(Mark mark, WireWriter out) {
    return write(mark.transaction(), out).int64(mark.epoch());
  }

  static Mark mark(WireReader in) throws IOException {
    return new Mark(transaction(in), in.int64());
  }

  static WireWriter write(TransactionId id, WireWriter out) {
    return out.int64(id.startedMillis()).int64(id.chance());
  }

  static TransactionId id(WireReader in) throws IOException {
    return new TransactionId(in.int64(), in.int64());
  }

  static List<TransactionId> ids(WireReader in) throws IOException {
    List<TransactionId> ids = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      ids.add(id(in));
    }
    return ids;
  }

  static void writeKeys(List<byte[]> keys, WireWriter out) {
    out.varint(keys.size());
    keys.forEach(out::bytes);
  }

  static List<byte[]> keys(WireReader in) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    for (int left = in.count(Limits.TRANSACTION_ACTIONS_MAX); left > 0; left--) {
      keys.add(in.bytes());
    }
    return keys;
  }
}
