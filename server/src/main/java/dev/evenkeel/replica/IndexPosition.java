package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bytes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a global index has followed a partition of its table: the index holds exactly the
/// entries of those items whose stored key is below `filled`, as they were right after `upTo`.
///
/// The index's partition stores it as an item: `slot`, `number`, `filled`.
///
/// @param upTo the newest change of the table's partition that the index has
/// @param filled stored key of an item of the table, or its upper bound
public record IndexPosition(ChangePosition upTo, Bytes filled) {
  /// Of an index that has nothing yet.
  public static final IndexPosition START =
      new IndexPosition(ChangePosition.START, new Bytes(new byte[0]));

  private static final String SLOT = "slot";
  private static final String NUMBER = "number";
  private static final String FILLED = "filled";

  /// Whether every item of that partition has its entry.
  public boolean isFilled(long base) {
    return filled.compareTo(end(base)) >= 0;
  }

  /// Above every stored key of an item of that partition.
  public static Bytes end(long base) {
    return new Bytes(StoredKeys.all(base, StoredKeys.Kind.ITEM).to());
  }

  /// Whether the index keeps an entry of the item under that key.
  public boolean covers(byte[] item) {
    return Arrays.compareUnsigned(item, filled.array()) < 0;
  }

  BinaryItem toItem() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put(SLOT, AttributeValue.N.of(upTo.slot()));
    item.put(NUMBER, AttributeValue.N.of(upTo.number()));
    item.put(FILLED, new AttributeValue.B(filled));
    return BinaryItem.of(item);
  }

  /// @param item as the index's partition stores it; null where it stores none
  public static IndexPosition of(@Nullable BinaryItem item) {
    return item == null
        ? START
        : new IndexPosition(
            new ChangePosition(number(item, SLOT), (int) number(item, NUMBER)), filled(item));
  }

  private static long number(BinaryItem item, String name) {
    if (item.get(name) instanceof AttributeValue.N(var value)) {
      return value.longValueExact();
    }
    throw new IllegalStateException("an index's position has no " + name);
  }

  private static Bytes filled(BinaryItem item) {
    if (item.get(FILLED) instanceof AttributeValue.B(var bytes)) {
      return bytes;
    }
    throw new IllegalStateException("an index's position does not say how far it is filled");
  }
}
