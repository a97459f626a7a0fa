package dev.evenkeel.bench;

/// The items of the benchmark: a key `pk` of 16 characters, where items lie in collections a sort
/// key `sk`, and fields `field0`, `field1`, … of strings, so long that the whole item has a given
/// size by DynamoDB's rules (names count).
final class ItemShape {
  /// The key attribute's name.
  static final String KEY = "pk";

  /// The sort key attribute's name.
  static final String SORT_KEY = "sk";

  /// Characters of a sort key.
  static final int SORT_DIGITS = 6;

  static final int COLLECTION_MAX = 1_000_000;

  /// Characters that follow [#KEY_PREFIX].
  static final int KEY_DIGITS = 12;

  /// Every key starts with it.
  static final String KEY_PREFIX = "user";

  private final int[] fieldBytes;
  private final int collection;

  private ItemShape(int[] fieldBytes, int collection) {
    this.fieldBytes = fieldBytes;
    this.collection = collection;
  }

  /// Items of `itemBytes` with `fields` fields, so many to a partition key; throws [BenchFailure]
  /// where they do not fit.
  static ItemShape of(int itemBytes, int fields, int collection) throws BenchFailure {
    int taken = KEY.length() + KEY_PREFIX.length() + KEY_DIGITS;
    if (collection > 1) {
      taken += SORT_KEY.length() + SORT_DIGITS;
    }
    for (int field = 0; field < fields; field++) {
      taken += name(field).length();
    }
    int left = itemBytes - taken;
    if (left < fields) {
      throw new BenchFailure(
          "an item with %d fields needs at least %d bytes (--item-bytes %d)",
          fields, taken + fields, itemBytes);
    }
    int[] sizes = new int[fields];
    for (int field = 0; field < fields; field++) {
      sizes[field] = left / fields + (field < left % fields ? 1 : 0);
    }
    return new ItemShape(sizes, collection);
  }

  /// Items that share a partition key; 1 where there is no sort key.
  int collection() {
    return collection;
  }

  /// Fields next to the key.
  int fields() {
    return fieldBytes.length;
  }

  /// Characters of the value of `field`.
  int valueBytes(int field) {
    return fieldBytes[field];
  }

  /// The attribute's name.
  static String name(int field) {
    return "field" + field;
  }
}
