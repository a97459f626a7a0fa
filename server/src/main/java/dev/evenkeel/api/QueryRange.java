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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stored keys that a Query or a Scan reads, of a table or of one of its local indexes.
///
/// @param index the local index, or null for the table itself
record QueryRange(TableSchema table, @Nullable LocalIndex index) {

  /// The keys that the request must name: the index's, or the table's.
  KeySchema keys() {
    return index == null ? table.keys() : index.keys();
  }

  /// What a key condition selects.
  StoredKeys.Range of(KeyCondition condition) {
    StoredKeys.Range collection =
        index == null
            ? StoredKeys.collection(table.id(), condition.partition())
            : StoredKeys.collection(table.id(), condition.partition(), index.number());
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

  /// One of the equal segments of the whole table or index.
  StoredKeys.Range segment(int segment, int segments) {
    return index == null
        ? StoredKeys.segment(table.id(), segment, segments)
        : StoredKeys.segment(table.id(), index.number(), segment, segments);
  }

  /// The part of a range that lies behind an ExclusiveStartKey.
  ///
  /// @throws ApiException a ValidationException, when the key does not fit, or lies outside
  StoredKeys.Range behind(BinaryItem startKey, StoredKeys.Range range, boolean descending) {
    byte[] stored = storedKey(startKey);
    if (Arrays.compareUnsigned(stored, range.from()) < 0
        || Arrays.compareUnsigned(stored, range.to()) >= 0) {
      throw ApiException.validation(
          "The provided starting key is outside query boundaries based on provided conditions");
    }
    return descending
        ? new StoredKeys.Range(range.from(), stored)
        : new StoredKeys.Range(StoredKeys.successor(stored), range.to());
  }

  /// The key under which an item, or its entry in the index, is stored.
  byte[] storedKey(BinaryItem startKey) {
    Map<String, AttributeValue> expected = keyAttributes(startKey);
    if (expected.size() != startKey.count()) {
      throw invalid();
    }
    ItemKeys.Key key = ItemKeys.ofKey(table.keys(), only(table.keys(), expected));
    if (index == null) {
      return StoredKeys.item(table.id(), key.partition(), key.sort());
    }
    ItemKeys.Key indexKey = ItemKeys.ofKey(index.keys(), only(index.keys(), expected));
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
    for (KeyAttribute attribute : table.keys().attributes()) {
      attributes.put(attribute.name(), key(item, attribute));
    }
    if (index != null) {
      for (KeyAttribute attribute : index.keys().attributes()) {
        attributes.put(attribute.name(), key(item, attribute));
      }
    }
    return attributes;
  }

  private static AttributeValue key(BinaryItem item, KeyAttribute attribute) {
    AttributeValue value = item.get(attribute.name());
    if (value == null || value.type() != attribute.type()) {
      throw invalid();
    }
    return value;
  }

  private static BinaryItem only(KeySchema keys, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    keys.attributes()
        .forEach(
            each -> kept.put(each.name(), Objects.requireNonNull(attributes.get(each.name()))));
    return BinaryItem.of(kept);
  }

  private static ApiException invalid() {
    return ApiException.validation("The provided starting key is invalid");
  }
}
