package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/// The stored keys that a Query or a Scan reads: of a table or of one of its local indexes
/// ([QueryRange]), or of a global index ([GlobalRange]).
sealed interface SearchRange permits QueryRange, GlobalRange {
  String INVALID = "The provided starting key is invalid";

  /// The partition that holds them.
  long partition();

  /// One of the equal segments of the whole.
  StoredKeys.Range segment(int segment, int segments);

  /// Those that an ExclusiveStartKey or a LastEvaluatedKey holds: of the table, then of the index.
  SequencedCollection<KeyAttribute> keyAttributes();

  /// The stored key of what has these key attributes.
  ///
  /// @throws ApiException a ValidationException when a value cannot be a key
  byte[] storedKey(Map<String, AttributeValue> keyAttributes);

  /// How to get from an entry of an index to its item, where what is wanted lies there; else null.
  PageRead.@Nullable Fetch fetch(Selection selection);

  /// What a page consumed.
  ConsumedCapacity consumed(String tableName, Page page, boolean consistent);

  /// The part of a range that lies behind an ExclusiveStartKey.
  ///
  /// @param range what is asked for
  /// @param collection all with that partition key
  /// @throws ApiException a ValidationException, when the key does not fit, or is not selected
  default StoredKeys.Range behind(
      BinaryItem startKey,
      StoredKeys.Range range,
      StoredKeys.Range collection,
      boolean descending) {
    byte[] stored = storedKey(startKey, INVALID);
    if (!isWithin(stored, range)) {
      throw ApiException.validation(
          isWithin(stored, collection)
              ? "The provided starting key does not match the range key predicate"
              : "The provided starting key is outside query boundaries based on provided conditions");
    }
    return descending
        ? new StoredKeys.Range(range.from(), stored)
        : new StoredKeys.Range(StoredKeys.successor(stored), range.to());
  }

  /// The part of a segment that lies behind an ExclusiveStartKey.
  ///
  /// @return null when the key lies in another segment
  /// @throws ApiException a ValidationException, when the key does not fit
  default StoredKeys.@Nullable Range behind(BinaryItem startKey, StoredKeys.Range segment) {
    byte[] stored =
        storedKey(startKey, INVALID + ": The provided key element does not match the schema");
    return isWithin(stored, segment)
        ? new StoredKeys.Range(StoredKeys.successor(stored), segment.to())
        : null;
  }

  /// What LastEvaluatedKey holds for an item.
  default BinaryItem keyOf(BinaryItem item) {
    return BinaryItem.of(keyAttributes(item));
  }

  /// @param mismatch the text for a key of other attributes or types
  private byte[] storedKey(BinaryItem startKey, String mismatch) {
    for (KeyAttribute attribute : keyAttributes()) {
      if (startKey.type(attribute.name()) != attribute.type()) {
        throw ApiException.validation(mismatch);
      }
    }
    Map<String, AttributeValue> given = keyAttributes(startKey);
    if (given.size() != startKey.count()) {
      throw ApiException.validation(mismatch);
    }
    try {
      return storedKey(given);
    } catch (ApiException error) {
      throw ApiException.validation(INVALID + ": " + error.getMessage());
    }
  }

  private Map<String, AttributeValue> keyAttributes(BinaryItem item) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (KeyAttribute attribute : keyAttributes()) {
      attributes.put(
          attribute.name(),
          Objects.requireNonNull(item.get(attribute.name()), "it has its key attributes"));
    }
    return attributes;
  }

  private static boolean isWithin(byte[] stored, StoredKeys.Range range) {
    return Arrays.compareUnsigned(stored, range.from()) >= 0
        && Arrays.compareUnsigned(stored, range.to()) < 0;
  }
}
