package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.storage.Cursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Expiry entries for the items that a partition had when its items began to expire.
///
/// Items that are written from then on get theirs with the write. The others are gone through in
/// the order of their keys; a step makes the entries of some of them, judged by their newest state,
/// and keeps in the same command from where the next goes on. So it goes on after a crash and at
/// the next leader, and a step that is taken twice does no harm.
public final class ExpiryFilling {
  private ExpiryFilling() {}

  /// What follows from another expiry attribute.
  ///
  /// @param expires whether there is one
  static void begin(long group, boolean expires, List<Command.Mutation> mutations) {
    StoredKeys.Range former = StoredKeys.all(group, StoredKeys.Kind.EXPIRY_ENTRY);
    mutations.add(new Command.Mutation.DeleteRange(former.from(), former.to()));
    byte[] key = StoredKeys.expiryFilling(group);
    mutations.add(
        expires
            ? new Command.Mutation.Put(key, StoredKeys.all(group, StoredKeys.Kind.ITEM).from())
            : new Command.Mutation.Delete(key));
  }

  /// The next step of the filling, or null when there is nothing to fill. Blocks on the disk.
  ///
  /// @param attribute the partition's
  public static Request.@Nullable FillExpiry next(
      StorageReplica replica, String attribute, int itemsMax) throws IOException {
    long group = replica.group();
    byte[] from = replica.store().get(StoredKeys.expiryFilling(group));
    if (from == null) {
      return null;
    }
    List<byte[]> items = new ArrayList<>();
    byte[] next = new byte[0];
    byte[] to = StoredKeys.all(group, StoredKeys.Kind.ITEM).to();
    try (Cursor cursor = replica.store().scan(from, to, false)) {
      for (int seen = 0; seen < itemsMax && cursor.next(); seen++) {
        next = StoredKeys.successor(cursor.key());
        if (ItemExpiry.second(BinaryItem.wrap(cursor.value()), attribute) != ItemExpiry.NEVER) {
          items.add(cursor.key());
        }
      }
    }
    return new Request.FillExpiry(group, attribute, items, next);
  }

  /// What a step changes.
  static List<Command.Mutation> step(Request.FillExpiry fill, NewestState newest)
      throws IOException {
    List<Command.Mutation> mutations = new ArrayList<>();
    for (byte[] item : fill.items()) {
      if (newest.look(item, true) instanceof NewestState.Known.Value(var value, _)
          && value != null) {
        long second = ItemExpiry.second(BinaryItem.wrap(value), fill.attribute());
        if (second != ItemExpiry.NEVER) {
          mutations.add(ItemExpiry.entry(fill.group(), second, item));
        }
      }
    }
    byte[] key = StoredKeys.expiryFilling(fill.group());
    mutations.add(
        fill.next().length == 0
            ? new Command.Mutation.Delete(key)
            : new Command.Mutation.Put(key, fill.next()));
    return mutations;
  }
}
