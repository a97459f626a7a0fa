package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.storage.Cursor;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When items expire, and the entries that lead from a second to the items that expire in it.
///
/// An item expires when its expiry attribute is a number of seconds since 1970 that has passed, by
/// no more than five years. Any other value means that it never does.
///
/// Source: [Time to
/// live](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html)
public final class ItemExpiry {
  /// A time that lies further back is taken for a mistake.
  public static final Duration AGE_MAX = Duration.ofDays(5 * 365);

  /// No item has such an attribute.
  static final long NEVER = -1;

  /// Later times do not fit an entry; they do not come either.
  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(Long.MAX_VALUE >> 1);

  private static final byte[] NOTHING = new byte[0];

  private ItemExpiry() {}

  /// When the item expires, seconds since 1970; [#NEVER] where it does not.
  static long second(@Nullable BinaryItem item, String attribute) {
    return item != null
            && item.get(attribute) instanceof AttributeValue.N(var seconds)
            && seconds.signum() > 0
            && seconds.compareTo(SECONDS_MAX) < 0
        ? seconds.longValue()
        : NEVER;
  }

  /// Whether the item is to be deleted.
  ///
  /// @param attribute null where nothing expires
  /// @param now seconds since 1970
  public static boolean isDue(@Nullable BinaryItem item, @Nullable String attribute, long now) {
    if (attribute == null) {
      return false;
    }
    long second = second(item, attribute);
    return second >= firstDue(now) && second <= now;
  }

  /// The earliest second of which anything is still deleted.
  static long firstDue(long now) {
    return Math.max(0, now - AGE_MAX.toSeconds());
  }

  /// Moves the item's entry where its time has changed.
  ///
  /// @param key the item's stored key
  static void change(
      ItemWrite write,
      byte[] key,
      Change change,
      String attribute,
      List<Command.Mutation> mutations) {
    long was = second(change.before, attribute);
    long is = second(change.after, attribute);
    if (was == is) {
      return;
    }
    long table = write.table().id();
    if (was != NEVER) {
      mutations.add(new Command.Mutation.Delete(StoredKeys.expiryEntry(table, was, key)));
    }
    if (is != NEVER) {
      mutations.add(entry(table, is, key));
    }
  }

  /// From an item to the next, each null where there is none.
  record Change(@Nullable BinaryItem before, @Nullable BinaryItem after) {}

  static Command.Mutation.Put entry(long table, long second, byte[] key) {
    return new Command.Mutation.Put(StoredKeys.expiryEntry(table, second, key), NOTHING);
  }

  /// Items whose time has come, by their entries.
  ///
  /// @param items as they are applied; they may have been renewed since
  /// @param oldestSecond of the first entry, whether its item is there or not; −1 without entries
  /// @param next from where to go on; empty when there are no more
  @SuppressWarnings("ArrayRecordComponent")
  public record Page(List<BinaryItem> items, long oldestSecond, byte[] next) {}

  /// Reads a page of what is due. Blocks on the disk.
  ///
  /// @param from where the page before said to go on; empty for the beginning
  /// @param now seconds since 1970
  public static Page due(StorageReplica replica, byte[] from, long now, int entriesMax)
      throws IOException {
    StoredKeys.Range range = StoredKeys.expiryEntries(replica.group(), firstDue(now), now + 1);
    List<BinaryItem> items = new ArrayList<>();
    long oldest = NEVER;
    byte[] next = NOTHING;
    byte[] start = from.length == 0 ? range.from() : from;
    try (Cursor cursor = replica.store().scan(start, range.to(), false)) {
      for (int seen = 0; seen < entriesMax && cursor.next(); seen++) {
        byte[] item = replica.store().get(StoredKeys.expiringItem(cursor.key()));
        if (item != null) {
          items.add(BinaryItem.wrap(item));
        }
        oldest = seen == 0 ? StoredKeys.expirySecond(cursor.key()) : oldest;
        next = seen + 1 == entriesMax ? StoredKeys.successor(cursor.key()) : NOTHING;
      }
    }
    return new Page(items, oldest, next);
  }
}
