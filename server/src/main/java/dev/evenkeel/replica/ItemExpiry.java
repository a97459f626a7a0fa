package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.time.Duration;
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
  static boolean isDue(@Nullable BinaryItem item, @Nullable String attribute, long now) {
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
}
