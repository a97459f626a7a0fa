package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.SortRange;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stored keys that a Query or a Scan reads, of a table or of one of its local indexes.
///
/// @param index the local index, or null for the table itself
record QueryRange(TableSchema table, @Nullable LocalIndex index) {
  private static final String INVALID = "The provided starting key is invalid";

  /// The keys that the request must name: the index's, or the table's.
  KeySchema keys() {
    return index == null ? table.keys() : index.keys();
  }

  /// What a key condition selects.
  StoredKeys.Range of(KeyCondition condition) {
    StoredKeys.Range collection = collection(condition);
    SortRange sort = condition.sort();
    if (sort == null) {
      return collection;
    }
    AttributeValue operand = sort.operand();
    return switch (sort.operator()) {
      case EQ -> StoredKeys.equalTo(collection, operand);
      case LT -> StoredKeys.between(collection, null, false, operand, false);
      case LE -> StoredKeys.between(collection, null, false, operand, true);
      case GT -> StoredKeys.between(collection, operand, false, null, false);
      case GE -> StoredKeys.between(collection, operand, true, null, false);
      case BETWEEN -> StoredKeys.between(collection, operand, true, sort.upper(), true);
      case BEGINS_WITH -> StoredKeys.beginningWith(collection, operand);
    };
  }

  private StoredKeys.Range collection(KeyCondition condition) {
    return index == null
        ? StoredKeys.collection(table.id(), condition.partition())
        : StoredKeys.collection(table.id(), condition.partition(), index.number());
  }

  /// One of the equal segments of the whole table or index.
  StoredKeys.Range segment(int segment, int segments) {
    return index == null
        ? StoredKeys.segment(table.id(), segment, segments)
        : StoredKeys.segment(table.id(), index.number(), segment, segments);
  }

  /// The part of what a key condition selects that lies behind an ExclusiveStartKey.
  ///
  /// @throws ApiException a ValidationException, when the key does not fit, or is not selected
  StoredKeys.Range behind(BinaryItem startKey, KeyCondition condition, boolean descending) {
    byte[] stored = storedKey(startKey, INVALID);
    StoredKeys.Range range = of(condition);
    if (!isWithin(stored, range)) {
      throw ApiException.validation(
          isWithin(stored, collection(condition))
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
  StoredKeys.@Nullable Range behind(BinaryItem startKey, StoredKeys.Range segment) {
    byte[] stored =
        storedKey(startKey, INVALID + ": The provided key element does not match the schema");
    return isWithin(stored, segment)
        ? new StoredKeys.Range(StoredKeys.successor(stored), segment.to())
        : null;
  }

  private static boolean isWithin(byte[] stored, StoredKeys.Range range) {
    return Arrays.compareUnsigned(stored, range.from()) >= 0
        && Arrays.compareUnsigned(stored, range.to()) < 0;
  }

  /// The key under which an item, or its entry in the index, is stored.
  ///
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

  private byte[] storedKey(Map<String, AttributeValue> given) {
    ItemKeys.Key key = ItemKeys.ofKey(table.keys(), only(table.keys(), given));
    if (index == null) {
      return StoredKeys.item(table.id(), key.partition(), key.sort());
    }
    ItemKeys.Key indexKey = ItemKeys.ofKey(index.keys(), only(index.keys(), given));
    return StoredKeys.localIndexEntry(
        table.id(),
        key.partition(),
        index.number(),
        Objects.requireNonNull(indexKey.sort(), "a local index sorts"),
        key.sort());
  }

  /// What LastEvaluatedKey holds for an item: the key attributes of table and index.
  BinaryItem keyOf(BinaryItem item) {
    return BinaryItem.of(keyAttributes(item));
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

  /// Those of the table, then those of the index.
  private List<KeyAttribute> keyAttributes() {
    List<KeyAttribute> attributes = new ArrayList<>(table.keys().attributes());
    if (index != null) {
      attributes.addAll(index.keys().attributes());
    }
    return attributes;
  }

  private static BinaryItem only(KeySchema keys, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    keys.attributes()
        .forEach(
            each -> kept.put(each.name(), Objects.requireNonNull(attributes.get(each.name()))));
    return BinaryItem.of(kept);
  }
}
